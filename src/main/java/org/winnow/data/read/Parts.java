package org.winnow.data.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/** Cuts data into parts, in a way that depends on the data alone. */
final class Parts {
    private Parts() {}

    /** One part a file. */
    static List<Part> ofFiles(List<FileStatus> files) {
        List<Part> parts = new ArrayList<>();
        for (FileStatus file : files) {
            parts.add(new Part(parts.size(), file.getPath().toString(), 0, Long.MAX_VALUE));
        }
        return parts;
    }

    /** Ranges of so many rows each. */
    static List<Part> ofRows(String name, long rows, long each) {
        List<Part> parts = new ArrayList<>();
        for (long start = 0; start < rows; start += each) {
            parts.add(new Part(parts.size(), name, start, Math.min(rows, start + each)));
        }
        return parts;
    }
}
