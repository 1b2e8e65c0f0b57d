package org.winnow.file;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A local disk, as {@code full:///…}, that is full after a number of writes. It fails as Hadoop's own does, with the
 * error that Linux has for it, and has the older interface of file systems alone.
 */
public final class FullDisk extends RawLocalFileSystem {
    /** What a file system is asked for by name can be given no argument. */
    private static final AtomicLong WRITES_LEFT = new AtomicLong();

    /** Writes that still succeed, in this JVM. */
    public static void room(long writes, Configuration hadoop) {
        hadoop.set("fs.full.impl", FullDisk.class.getName());
        WRITES_LEFT.set(writes);
    }

    /** How many of them are left. */
    public static long left() {
        return WRITES_LEFT.get();
    }

    @Override
    public URI getUri() {
        return URI.create("full:///");
    }

    @Override
    public String getScheme() {
        return "full";
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
        return new FSDataOutputStream(
                new Filling(super.create(file, permission, overwrite, 1, replication, blockSize, progress)),
                statistics);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        return new FSDataOutputStream(
                new Filling(super.create(file, overwrite, 1, replication, blockSize, progress)), statistics);
    }

    private final class Filling extends OutputStream {
        private final OutputStream out;

        Filling(OutputStream out) {
            this.out = out;
        }

        /** Linux has a file that is always full; what Hadoop makes of its error is what it makes of a full disk's. */
        private void requireRoom() throws IOException {
            if (WRITES_LEFT.getAndDecrement() <= 0) {
                try (OutputStream full =
                        FullDisk.super.create(new Path("/dev/full"), true, 1, (short) 1, 1L << 20, null)) {
                    full.write(0);
                    full.flush();
                }
                throw new IllegalStateException("/dev/full took a byte");
            }
        }

        @Override
        public void write(int b) throws IOException {
            requireRoom();
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            requireRoom();
            out.write(bytes, from, count);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
