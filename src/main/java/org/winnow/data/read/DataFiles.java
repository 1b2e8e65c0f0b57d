package org.winnow.data.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.input.ReaderInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.winnow.check.InputTrouble;
import org.winnow.check.UserError;

/**
 * The files behind a path: one file, a directory, or a glob, on any Hadoop file system.
 *
 * @param files those with data, sorted by path
 * @param depth how deep in folders the place is that all of them are in
 */
record DataFiles(List<FileStatus> files, int depth) {
    static DataFiles find(Configuration hadoop, String path) {
        try {
            Path place = new Path(path);
            FileSystem system = FileSystems.of("data.path", path, hadoop);
            boolean there = system.exists(place);
            FileStatus[] matches = there ? new FileStatus[] {system.getFileStatus(place)} : system.globStatus(place);
            if (matches == null || matches.length == 0) {
                throw new UserError("data.path: no such file or directory: " + path);
            }
            Path fixed = system.makeQualified(place);
            while (!there && fixed.getParent() != null && isGlob(fixed)) {
                fixed = fixed.getParent();
            }
            return new DataFiles(withData(system, matches, path), fixed.depth());
        } catch (AccessControlException e) {
            throw new UserError("data.path: no permission to read " + path, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError("data.path: cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Whether some name in a path stands for many. */
    private static boolean isGlob(Path path) {
        return path.toUri().getPath().matches(".*[*?\\[{].*");
    }

    private static List<FileStatus> withData(FileSystem files, FileStatus[] matches, String path) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        for (FileStatus match : matches) {
            if (match.isDirectory()) {
                addFiles(files, match.getPath(), found);
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

    /** Adds the files of a folder, and of folders in it whose names are columns. */
    private static void addFiles(FileSystem files, Path folder, List<FileStatus> found) throws IOException {
        for (FileStatus inside : files.listStatus(folder, DataFiles::isVisible)) {
            if (inside.isFile()) {
                found.add(inside);
            } else if (Partitions.isOne(inside.getPath())) {
                addFiles(files, inside.getPath(), found);
            }
        }
    }

    private static boolean isVisible(Path path) {
        return !path.getName().startsWith("_") && !path.getName().startsWith(".");
    }

    Path first() {
        return files.get(0).getPath();
    }

    /** The columns that the names of folders are. */
    Partitions partitions() {
        return Partitions.of(files, depth);
    }

    /** The bytes of a file from an offset on, decompressed where its name says so (then the offset must be 0). */
    static InputStream open(Configuration hadoop, Path path, long offset) throws IOException {
        FSDataInputStream bytes = opened(hadoop, path);
        if (Compression.isNamed(hadoop, path)) {
            return Compression.open(hadoop, path, bytes);
        }
        bytes.seek(offset);
        return bytes;
    }

    /**
     * The same of a file that should be text, in bytes that have ASCII's meaning where they look so.
     *
     * @throws MalformedInput if it begins as files do that are no text
     */
    static InputStream openText(Configuration hadoop, Path path, long offset, Charset charset) throws IOException {
        InputStream bytes = open(hadoop, path, offset);
        if (!CsvFormat.isCutByBytes(charset)) {
            InputStreamReader text = new InputStreamReader(
                    bytes,
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
            return ReaderInputStream.builder()
                    .setReader(text)
                    .setCharset(StandardCharsets.UTF_8)
                    .get();
        }
        if (offset > 0) {
            return bytes;
        }
        PushbackInputStream text = new PushbackInputStream(bytes, FileKind.LONGEST_START);
        byte[] start = text.readNBytes(FileKind.LONGEST_START);
        Compression.requireText(start, path.getName());
        text.unread(start);
        return text;
    }

    /** The kind of a file that is none of cells of text. */
    static Optional<FileKind> kind(Configuration hadoop, Path path) {
        try (InputStream bytes = open(hadoop, path, 0)) {
            return FileKind.of(bytes.readNBytes(FileKind.LONGEST_START));
        } catch (IOException | RuntimeException e) {
            throw unreadable(path, e);
        }
    }

    private static FSDataInputStream opened(Configuration hadoop, Path path) throws IOException {
        try {
            return path.getFileSystem(hadoop).open(path);
        } catch (FileNotFoundException e) {
            throw new IOException(
                    String.valueOf(e.getMessage()).contains("ermission") ? "no permission to read it" : "no such file",
                    e);
        }
    }

    /** What went wrong with a file, as a whole sentence. */
    static UserError unreadable(Path path, Exception trouble) {
        return new UserError(path.getName() + ": " + InputTrouble.problem(trouble), trouble);
    }
}
