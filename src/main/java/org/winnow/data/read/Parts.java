package org.winnow.data.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Cuts data into parts, in a way that depends on the data alone. A large file is cut between records, and whether a line
 * break ends a record or is inside quotes is known from the number of quotes before it: tasks count them in ranges of
 * equal size, for both cases; the driver then knows which case each range is.
 */
final class Parts {
    /** About how many bytes of a file a task reads. */
    static final long BYTES = 32L << 20;

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

    /** Parts of about so many bytes; a compressed file is one. */
    static List<Part> ofRecords(JavaSparkContext spark, List<FileStatus> files, boolean quotes, long bytes) {
        Configuration hadoop = spark.hadoopConfiguration();
        List<Part> ranges = new ArrayList<>();
        for (FileStatus file : files) {
            boolean whole = Compression.isNamed(hadoop, file.getPath());
            long step = whole ? Long.MAX_VALUE : bytes;
            for (long start = 0; start < file.getLen(); start = whole ? file.getLen() : start + step) {
                long end = file.getLen() - start <= step ? Long.MAX_VALUE : start + step;
                ranges.add(new Part(ranges.size(), file.getPath().toString(), start, end));
            }
        }
        return ranges.size() == files.size() ? ranges : betweenRecords(ranges, breaks(spark, ranges, quotes));
    }

    private static List<Breaks> breaks(JavaSparkContext spark, List<Part> ranges, boolean quotes) {
        var hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
        return spark.parallelize(ranges, ranges.size())
                .map(range -> range.start() == 0 && range.end() == Long.MAX_VALUE
                        ? Breaks.NONE
                        : Breaks.of(range, quotes, hadoop.value()))
                .collect();
    }

    private static List<Part> betweenRecords(List<Part> ranges, List<Breaks> breaks) {
        List<Part> parts = new ArrayList<>();
        boolean quoted = false;
        for (int i = 0; i < ranges.size(); i++) {
            Part range = ranges.get(i);
            long start = range.start() == 0 ? 0 : breaks.get(i).first(quoted);
            if (range.start() == 0) {
                quoted = false;
                parts.add(new Part(parts.size(), range.path(), 0, Long.MAX_VALUE));
            } else if (start >= 0) {
                Part before = parts.remove(parts.size() - 1);
                parts.add(new Part(before.index(), before.path(), before.start(), start));
                parts.add(new Part(parts.size(), range.path(), start, Long.MAX_VALUE));
            }
            quoted ^= breaks.get(i).oddQuotes();
        }
        return parts;
    }

    /**
     * Where the first record of a range starts.
     *
     * @param outside after the first line break outside quotes, if the range starts outside; -1 for none
     * @param inside the same if it starts inside quotes
     * @param oddQuotes whether the range ends the other way than it starts
     */
    record Breaks(long outside, long inside, boolean oddQuotes) implements Serializable {
        static final Breaks NONE = new Breaks(-1, -1, false);

        long first(boolean quoted) {
            return quoted ? inside : outside;
        }

        static Breaks of(Part range, boolean quotes, Configuration hadoop) throws IOException {
            long[] first = {-1, -1};
            int odd = 0;
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = DataFiles.open(hadoop, new Path(range.path()), range.start())) {
                long at = range.start();
                while (at < range.end()) {
                    int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, range.end() - at));
                    for (int i = 0; i < read; i++) {
                        if (buffer[i] == '\n' && first[odd] < 0) {
                            first[odd] = at + i + 1;
                        } else if (buffer[i] == '"' && quotes) {
                            odd ^= 1;
                        }
                    }
                    at += read;
                    if (read < buffer.length) {
                        break;
                    }
                }
            } catch (EOFException e) {
                return NONE;
            }
            return new Breaks(first[0], first[1], odd == 1);
        }
    }
}
