package org.winnow.file;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A local disk, as {@code objects:///…}, that does as S3A does: a file is there once its stream is closed, a rename copies
 * one file after the other and deletes the originals last. It can be killed after any number of steps, and then changes
 * nothing any more.
 */
public final class ObjectStore extends RawLocalFileSystem {
    private static final long ALIVE = Long.MAX_VALUE / 2;

    /** What a file system is asked for by name can be given no argument. */
    private static final AtomicLong STEPS_LEFT = new AtomicLong(ALIVE);

    /** Lets it work, in this JVM. */
    public static void revive(Configuration hadoop) {
        hadoop.set("fs.objects.impl", ObjectStore.class.getName());
        STEPS_LEFT.set(ALIVE);
    }

    /** Lets it do so many steps more. */
    public static void killAfter(long steps) {
        STEPS_LEFT.set(steps);
    }

    /** Steps since it was revived. */
    public static long steps() {
        return ALIVE - STEPS_LEFT.get();
    }

    private static void step() throws IOException {
        if (STEPS_LEFT.getAndDecrement() <= 0) {
            throw new IOException("killed");
        }
    }

    @Override
    public URI getUri() {
        return URI.create("objects:///");
    }

    @Override
    public String getScheme() {
        return "objects";
    }

    @Override
    public boolean hasPathCapability(Path path, String capability) throws IOException {
        return capability.equals(CommonPathCapabilities.ABORTABLE_STREAM) || super.hasPathCapability(path, capability);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        return create(file, FsPermission.getFileDefault(), overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        if (!overwrite && exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return new FSDataOutputStream(new Upload(file), statistics);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        FileStatus source = getFileStatus(from);
        if (source.isFile()) {
            if (exists(to)) {
                return false;
            }
            copy(from, to);
        } else {
            copyAll(from, exists(to) ? new Path(to, from.getName()) : to);
        }
        return delete(from, true);
    }

    private void copyAll(Path from, Path to) throws IOException {
        for (FileStatus file : listStatus(from)) {
            Path target = new Path(to, file.getPath().getName());
            if (file.isDirectory()) {
                copyAll(file.getPath(), target);
            } else {
                copy(file.getPath(), target);
            }
        }
    }

    private void copy(Path from, Path to) throws IOException {
        byte[] bytes = WholeFile.read(this, from, Integer.MAX_VALUE);
        put(to, bytes);
    }

    private void put(Path file, byte[] bytes) throws IOException {
        step();
        try (OutputStream out = super.create(file, FsPermission.getFileDefault(), true, 1, (short) 1, 1L << 20, null)) {
            out.write(bytes);
        }
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        FileStatus status;
        try {
            status = getFileStatus(path);
        } catch (FileNotFoundException e) {
            return false;
        }
        if (status.isDirectory()) {
            for (FileStatus file : listStatus(path)) {
                delete(file.getPath(), true);
            }
        }
        step();
        return super.delete(path, true);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return exists(path) || makeAll(path);
    }

    private boolean makeAll(Path path) throws IOException {
        step();
        return super.mkdirs(path);
    }

    private final class Upload extends ByteArrayOutputStream implements StreamCapabilities, Abortable {
        private final Path file;
        private boolean over;

        Upload(Path file) {
            this.file = file;
        }

        @Override
        public boolean hasCapability(String capability) {
            return capability.equals(ABORTABLE_STREAM);
        }

        @Override
        public AbortableResult abort() {
            boolean ended = over;
            over = true;
            return new AbortableResult() {
                @Override
                public boolean alreadyClosed() {
                    return ended;
                }

                @Override
                public IOException anyCleanupException() {
                    return new IOException("none");
                }
            };
        }

        @Override
        public void close() throws IOException {
            if (!over) {
                over = true;
                put(file, toByteArray());
            }
        }
    }
}
