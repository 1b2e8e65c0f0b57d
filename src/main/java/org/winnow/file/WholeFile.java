package org.winnow.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A file that is written aside and renamed, so that one that is there is whole whenever its writer was stopped. Object
 * stores, whose streams can be abandoned, show what is written when it is closed, and get it under its own name at once.
 */
public final class WholeFile {
    private static final String ASIDE = ".incomplete-";

    private WholeFile() {}

    /** Writes the bytes of a file; the same ones each time. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file; one of its name is replaced. What could not be written whole leaves nothing.
     *
     * @throws Unwritten for want of room
     */
    public static void write(FileSystem files, Path file, Content content) throws IOException {
        write(files, file, content, 1, file.toString());
    }

    /**
     * The same of one of several files of about its size.
     *
     * @param count how many there are at once
     * @param what they are, for who has to make room
     */
    public static void write(FileSystem files, Path file, Content content, int count, String what) throws IOException {
        Unwritten.telling(() -> count * length(content), what, () -> {
            if (files.hasPathCapability(file, CommonPathCapabilities.ABORTABLE_STREAM)) {
                publish(files, file, content);
            } else {
                writeAside(files, file, content);
            }
        });
    }

    private static long length(Content content) throws IOException {
        try (FSDataOutputStream counted = new FSDataOutputStream(OutputStream.nullOutputStream(), null)) {
            content.writeTo(counted);
            return counted.getPos();
        }
    }

    private static void publish(FileSystem files, Path file, Content content) throws IOException {
        FSDataOutputStream out = files.create(file, true);
        boolean whole = false;
        try {
            content.writeTo(out);
            whole = true;
        } finally {
            if (whole) {
                out.close();
            } else {
                out.abort();
            }
        }
    }

    private static void writeAside(FileSystem files, Path file, Content content) throws IOException {
        Path aside = new Path(file.getParent(), "." + file.getName() + ASIDE + UUID.randomUUID());
        boolean whole = false;
        try {
            try (OutputStream out = files.create(aside, true)) {
                content.writeTo(out);
            }
            replace(files, aside, file);
            whole = true;
        } finally {
            if (!whole) {
                files.delete(aside, false);
            }
        }
    }

    /** Whether a name is that of a file that is, or was, being written. */
    public static boolean isAside(String name) {
        return name.startsWith(".") && name.contains(ASIDE);
    }

    private static void replace(FileSystem files, Path from, Path to) throws IOException {
        try {
            FileContext.getFileContext(from.toUri(), files.getConf()).rename(from, to, Options.Rename.OVERWRITE);
        } catch (UnsupportedFileSystemException e) {
            // Not every connector has the newer interface, whose rename replaces in one step.
            files.delete(to, false);
            if (!files.rename(from, to)) {
                throw new IOException("cannot rename " + from + " to " + to, e);
            }
        }
    }

    /**
     * Reads a file.
     *
     * @param most bytes that it may have; more are not read
     * @throws Damaged if it has more, or ends before its length
     */
    public static byte[] read(FileSystem files, Path file, long most) throws IOException {
        FileStatus status = files.getFileStatus(file);
        long length = status.getLen();
        if (status.isDirectory()) {
            throw new Damaged("it is a folder");
        }
        if (length > most) {
            throw new Damaged("it has " + length + " bytes, at most " + most + " are allowed");
        }
        try (InputStream in = files.open(file)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(length));
            if (bytes.length < length) {
                throw new Damaged("it ends after " + bytes.length + " of " + length + " bytes");
            }
            return bytes;
        } catch (ChecksumException e) {
            // Of a local file that was written with Hadoop's own checksums beside it.
            throw new Damaged("its checksum differs", e);
        }
    }

    /** The first name of {@code NAME.damaged}, {@code NAME.damaged-2}, … that is free is given to a file. */
    public static Path putAside(FileSystem files, Path file) throws IOException {
        Path free = new Path(file.getParent(), file.getName() + ".damaged");
        for (int i = 2; files.exists(free); i++) {
            free = new Path(file.getParent(), file.getName() + ".damaged-" + i);
        }
        if (!files.rename(file, free)) {
            throw new IOException("cannot rename " + file + " to " + free);
        }
        return free;
    }
}
