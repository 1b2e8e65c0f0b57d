package org.winnow.data.read;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.security.AccessControlException;
import org.winnow.check.UserError;

/** Finds and opens the files behind a path: one file, a directory, or a glob, on any Hadoop file system. */
final class DataFiles {
    private DataFiles() {}

    /** The files with data, sorted by path. */
    static List<FileStatus> find(Configuration hadoop, String path) {
        try {
            Path place = new Path(path);
            FileSystem files = FileSystems.of("data.path", path, hadoop);
            FileStatus[] matches =
                    files.exists(place) ? new FileStatus[] {files.getFileStatus(place)} : files.globStatus(place);
            if (matches == null || matches.length == 0) {
                throw new UserError("data.path: no such file or directory: " + path);
            }
            return withData(files, matches, path);
        } catch (AccessControlException e) {
            throw new UserError("data.path: no permission to read " + path, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError("data.path: cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static List<FileStatus> withData(FileSystem files, FileStatus[] matches, String path) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        for (FileStatus match : matches) {
            if (match.isDirectory()) {
                Arrays.stream(files.listStatus(match.getPath(), DataFiles::isVisible))
                        .filter(FileStatus::isFile)
                        .forEach(found::add);
            } else {
                found.add(match);
            }
        }
        if (found.isEmpty()) {
            throw new UserError("data.path: no data files in directory " + path);
        }
        List<FileStatus> filled =
                new ArrayList<>(found.stream().filter(file -> file.getLen() > 0).toList());
        if (filled.isEmpty()) {
            throw new UserError("data.path: " + path + " is empty");
        }
        filled.sort(Comparator.comparing(file -> file.getPath().toString()));
        return filled;
    }

    private static boolean isVisible(Path path) {
        return !path.getName().startsWith("_") && !path.getName().startsWith(".");
    }

    /** Whether the name says that the bytes are compressed. */
    static boolean isCompressed(Configuration hadoop, Path path) {
        return new CompressionCodecFactory(hadoop).getCodec(path) != null;
    }

    /** The bytes of a file from an offset on, decompressed where its name says so (then the offset must be 0). */
    static InputStream open(Configuration hadoop, Path path, long offset) throws IOException {
        try {
            var bytes = path.getFileSystem(hadoop).open(path);
            CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
            if (codec != null) {
                return codec.createInputStream(bytes);
            }
            bytes.seek(offset);
            return bytes;
        } catch (FileNotFoundException e) {
            throw new IOException(
                    String.valueOf(e.getMessage()).contains("ermission") ? "no permission to read it" : "no such file",
                    e);
        }
    }

    /** What to tell the user about trouble with a file. */
    static String problem(IOException trouble) {
        if (trouble instanceof MalformedInput) {
            return String.valueOf(trouble.getMessage());
        }
        return trouble instanceof EOFException ? "the file is cut short" : "cannot be read: " + trouble.getMessage();
    }

    /** The same as a whole sentence. */
    static UserError unreadable(Path path, IOException trouble) {
        return new UserError(path.getName() + ": " + problem(trouble), trouble);
    }
}
