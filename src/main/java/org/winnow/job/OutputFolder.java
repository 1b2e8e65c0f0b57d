package org.winnow.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.winnow.check.UserError;
import org.winnow.data.read.FileSystems;
import org.winnow.file.Lease;
import org.winnow.file.Manifest;
import org.winnow.file.StorageFault;
import org.winnow.file.Unwritten;
import org.winnow.table.LocalTable;
import org.winnow.table.Tables;

/**
 * Results that are whole or none: everything is written aside, in a folder beside the target, and renamed at the end, or,
 * where that is not one step, at the target itself, with what makes it whole last. Closed before it is committed, it
 * leaves nothing, and what was there before is untouched. One run at a time holds the target's name; what a killed one has
 * left of it goes when the next takes it.
 */
final class OutputFolder implements AutoCloseable {
    /** After Spark has stopped and writes no more, before leases are given back. */
    private static final int PRIORITY = 20;

    private static final String BEFORE = " and what was written before it";

    private final FileSystem files;
    private final Path parent;
    private final Placing placing;
    private final Optional<Path> createdAncestor;
    private final Lease lease;
    private final Runnable hook = this::interrupted;
    private volatile boolean committed;
    private volatile boolean gone;

    private OutputFolder(Target target, Placing placing, Optional<Path> createdAncestor, Lease lease) {
        this.files = target.files();
        this.parent = target.path().getParent();
        this.placing = placing;
        this.createdAncestor = createdAncestor;
        this.lease = lease;
    }

    /**
     * Claims a place for results before any work is done.
     *
     * @param key of the configuration that names the place
     * @param overwrite whether earlier results of the same job may be replaced; nothing else ever is
     * @throws UserError if something is there and may not be replaced, another run writes there, or the place cannot be
     *     written
     */
    static OutputFolder claim(String key, String place, boolean overwrite, Ours ours, Configuration hadoop) {
        try {
            FileSystem files = FileSystems.of(key, place, hadoop);
            files.setWriteChecksum(false);
            Path path = files.makeQualified(new Path(place));
            Path parent = path.getParent();
            if (parent == null) {
                throw new UserError(key + ": " + place + " is the root of a file system; name a folder in it");
            }
            Target target = new Target(files, path, place, overwrite, ours);
            if (!target.isHalf()) {
                target.requireFree(key);
            }
            Optional<Path> missing = highestMissing(files, parent);
            boolean begun = false;
            try {
                OutputFolder folder = begin(key, files, target, missing);
                begun = true;
                return folder;
            } finally {
                if (!begun && missing.isPresent()) {
                    deleteEmpty(files, parent, missing.get());
                }
            }
        } catch (UserError e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw StorageFault.atStart(key + ": cannot write to " + place, e);
        }
    }

    private static OutputFolder begin(String key, FileSystem files, Target target, Optional<Path> missing)
            throws IOException {
        Path parent = target.path().getParent();
        if (!files.mkdirs(parent)) {
            throw new UserError(key + ": cannot write to " + parent);
        }
        Lease lease = Lease.take(key, files, parent, target.path().getName(), "winnow");
        Optional<OutputFolder> folder = Optional.empty();
        boolean begun = false;
        try {
            target.clearLeftovers();
            target.requireFree(key);
            folder = Optional.of(new OutputFolder(target, target.placing(lease.id()), missing, lease));
            folder.get().begin();
            begun = true;
            return folder.get();
        } finally {
            if (!begun && folder.isPresent()) {
                folder.get().close();
            } else if (!begun) {
                lease.close();
            }
        }
    }

    private void begin() throws IOException {
        ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
        placing.begin();
    }

    /** The highest folder that will have to be made for a path. */
    private static Optional<Path> highestMissing(FileSystem files, Path path) throws IOException {
        Optional<Path> missing = Optional.empty();
        for (Path at = path; at != null && !files.exists(at); at = at.getParent()) {
            missing = Optional.of(at);
        }
        return missing;
    }

    /** Where the results are for now. */
    Path folder() {
        return placing.at();
    }

    /** Where a part of the results is to be written for now. */
    Path path(String name) {
        return new Path(placing.at(), name);
    }

    /** Opens a file among the results. */
    OutputStream create(String name) throws IOException {
        return create(name, name);
    }

    private OutputStream create(String name, String what) throws IOException {
        if (gone) {
            throw new IOException("stopped");
        }
        placing.requireMine(lease);
        return new Part(name, what, files.create(path(name), false));
    }

    void write(String name, String text) throws IOException {
        try (OutputStream out = create(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes the hashes of a folder among the results. */
    void seal(String name, String kind) throws IOException {
        Manifest.write(files, path(name), kind, part -> true);
    }

    /** Puts the results in their place; what was there goes only once they stand. Returns the place, in the user's words. */
    String commit() throws IOException {
        return commit(placing.at());
    }

    /** Puts one file of the results, and nothing else, in their place, which is returned. */
    String commitOnly(String name) throws IOException {
        String place = commit(path(name));
        files.delete(placing.at(), true);
        return place;
    }

    private String commit(Path results) throws IOException {
        String place = placing.put(results, lease);
        committed = true;
        return place;
    }

    /** Writes a table whose rows are here, as a folder such as Spark leaves. */
    void table(String name, LocalTable rows) throws IOException {
        try (OutputStream out = create(name + "/part-00000-" + UUID.randomUUID() + "-c000.snappy.parquet", name)) {
            rows.write(out, files.getConf());
        }
        create(name + "/_SUCCESS", name).close();
    }

    void table(String name, Dataset<Row> rows) throws IOException {
        spark(name, () -> Tables.write(rows, path(name).toString()));
    }

    /** Lets Spark write a part of the results. */
    void spark(String name, Runnable write) throws IOException {
        Unwritten.telling(() -> 1 + written(), name + BEFORE, write::run);
    }

    /** The bytes that are there. */
    private long written() throws IOException {
        return files.getContentSummary(placing.at()).getLength();
    }

    /** A stream that publishes nothing once the run has been stopped: object stores show a file when it is closed. */
    private final class Part extends OutputStream {
        private final String name;
        private final String what;
        private final FSDataOutputStream file;
        private long bytes;

        Part(String name, String what, FSDataOutputStream file) {
            this.name = name;
            this.what = what;
            this.file = file;
        }

        private void telling(long more, Unwritten.Step step) throws IOException {
            bytes += more;
            Unwritten.telling(() -> written() + Math.max(1, bytes - length()), what + BEFORE, step);
        }

        /** What of it is among what is there already. */
        private long length() throws IOException {
            return files.exists(path(name)) ? files.getFileStatus(path(name)).getLen() : 0;
        }

        @Override
        public void write(int b) throws IOException {
            telling(1, () -> file.write(b));
        }

        @Override
        public void write(byte[] some, int from, int count) throws IOException {
            telling(count, () -> file.write(some, from, count));
        }

        @Override
        public void flush() throws IOException {
            telling(0, file::flush);
        }

        @Override
        public void close() throws IOException {
            if (gone && file.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
                file.abort();
            } else {
                telling(0, file::close);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
        try {
            remove();
        } finally {
            lease.close();
        }
        if (!committed && createdAncestor.isPresent()) {
            deleteEmpty(files, parent, createdAncestor.get());
        }
    }

    private void remove() throws IOException {
        if (!committed) {
            placing.abandon();
        }
    }

    /** A signal ends the JVM while the job's own thread still runs. */
    private void interrupted() {
        gone = true;
        if (!committed) {
            try {
                remove();
            } catch (IOException e) {
                System.err.println(
                        placing.at() + " could not be removed, and goes with the next run: " + e.getMessage());
            }
        }
    }

    /** Takes back the folders that the claim had to make, unless others have put something there. */
    private static void deleteEmpty(FileSystem files, Path lowest, Path highest) throws IOException {
        for (Path at = lowest; files.exists(at) && files.listStatus(at).length == 0; at = at.getParent()) {
            files.delete(at, false);
            if (at.equals(highest)) {
                return;
            }
        }
    }
}
