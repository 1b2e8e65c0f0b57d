package org.winnow.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.winnow.check.UserError;
import org.winnow.data.read.FileSystems;
import org.winnow.file.Lease;
import org.winnow.file.Manifest;

/**
 * Results that appear whole or not at all: everything is written aside, in a folder beside the target, and renamed at the
 * end. Closed before it is committed, it leaves nothing, and what was there before is untouched. One run at a time holds
 * the target's name; what a killed one has left of it goes when the next takes it.
 */
final class OutputFolder implements AutoCloseable {
    /** After Spark has stopped and writes no more, before leases are given back. */
    private static final int PRIORITY = 20;

    /** Tells whether what is at a place may be replaced. */
    @FunctionalInterface
    interface Ours {
        /** Why it may not: what it holds, in words; empty if it was made by the same job. */
        Optional<String> objection(FileSystem files, Path place) throws IOException;

        /** What somebody has put into results of the job since, by its name; empty if nothing. */
        default Optional<String> foreign(FileSystem files, Path place) throws IOException {
            return Optional.empty();
        }
    }

    private final FileSystem files;
    private final Target target;
    private final Path aside;
    private final Optional<Path> createdAncestor;
    private final Lease lease;
    private final Runnable hook = this::interrupted;
    private volatile boolean committed;
    private volatile boolean gone;

    private OutputFolder(FileSystem files, Target target, Optional<Path> createdAncestor, Lease lease) {
        this.files = files;
        this.target = target;
        this.createdAncestor = createdAncestor;
        this.lease = lease;
        aside = target.aside(lease.id());
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
            throw new UserError(key + ": cannot write to " + place + ": " + e.getMessage(), e);
        }
    }

    private static OutputFolder begin(String key, FileSystem files, Target target, Optional<Path> missing)
            throws IOException {
        Path parent = target.path().getParent();
        if (!files.mkdirs(parent)) {
            throw new UserError(key + ": cannot write to " + parent);
        }
        Lease lease = Lease.take(key, files, parent, target.path().getName(), "winnow");
        OutputFolder folder = new OutputFolder(files, target, missing, lease);
        boolean begun = false;
        try {
            target.clearLeftovers();
            target.requireFree(key);
            ShutdownHookManager.get().addShutdownHook(folder.hook, PRIORITY);
            if (!files.mkdirs(folder.aside)) {
                throw new UserError(key + ": cannot write to " + parent);
            }
            begun = true;
            return folder;
        } finally {
            if (!begun) {
                folder.close();
            }
        }
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
        return aside;
    }

    /** Where a part of the results is to be written for now. */
    Path path(String name) {
        return new Path(aside, name);
    }

    /** Opens a file among the results. */
    OutputStream create(String name) throws IOException {
        if (gone) {
            throw new IOException("stopped");
        }
        return files.create(path(name), true);
    }

    void write(String name, String text) throws IOException {
        try (OutputStream out = create(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes the hashes of a folder among the results, or of all of them. */
    void seal(String name, String kind) throws IOException {
        Manifest.write(files, name.isEmpty() ? aside : path(name), kind, ResultFolder::isSealed);
    }

    /** Puts the results in their place; what was there goes only once they stand. Returns the place, in the user's words. */
    String commit() throws IOException {
        return commit(aside);
    }

    /** Puts one file or folder of the results, and nothing else, in their place, which is returned. */
    String commitOnly(String name) throws IOException {
        String place = commit(path(name));
        files.delete(aside, true);
        return place;
    }

    private String commit(Path results) throws IOException {
        String place = target.put(results, lease);
        committed = true;
        return place;
    }

    @Override
    public void close() throws IOException {
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
        remove();
        lease.close();
        if (!committed && createdAncestor.isPresent()) {
            deleteEmpty(files, aside.getParent(), createdAncestor.get());
        }
    }

    private void remove() throws IOException {
        if (!committed) {
            files.delete(aside, true);
        }
    }

    /** A signal ends the JVM while the job's own thread still runs. */
    private void interrupted() {
        gone = true;
        if (!committed) {
            try {
                remove();
            } catch (IOException e) {
                System.err.println(aside + " could not be removed, and goes with the next run: " + e.getMessage());
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
