package org.winnow.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.data.read.FileSystems;

/**
 * Results that appear whole or not at all: everything is written aside, in a folder beside the target, and renamed at the
 * end. Closed before it is committed, it leaves nothing, and what was there before is untouched.
 */
final class OutputFolder implements AutoCloseable {
    /** Tells whether what is at a place was made by the same job. */
    @FunctionalInterface
    interface Ours {
        boolean isAt(FileSystem files, Path place) throws IOException;
    }

    private final FileSystem files;
    private final Path target;
    private final Path aside;
    private final Optional<Path> createdAncestor;
    private boolean committed;

    private OutputFolder(FileSystem files, Path target, Path aside, Optional<Path> createdAncestor) {
        this.files = files;
        this.target = target;
        this.aside = aside;
        this.createdAncestor = createdAncestor;
    }

    /**
     * Claims a place for results before any work is done.
     *
     * @param key of the configuration that names the place
     * @param overwrite whether earlier results of the same job may be replaced; nothing else ever is
     * @throws UserError if something is there and may not be replaced, or the place cannot be written
     */
    static OutputFolder claim(String key, String place, boolean overwrite, Ours ours, Configuration hadoop) {
        try {
            FileSystem files = FileSystems.of(key, place, hadoop);
            files.setWriteChecksum(false);
            Path target = files.makeQualified(new Path(place));
            Path parent = target.getParent();
            if (parent == null) {
                throw new UserError(key + ": " + place + " is the root of a file system; name a folder in it");
            }
            requireFree(key, place, overwrite, ours, files, target);
            Optional<Path> missing = highestMissing(files, parent);
            Path aside = new Path(parent, "." + target.getName() + ".incomplete-" + UUID.randomUUID());
            files.deleteOnExit(aside);
            if (!files.mkdirs(aside)) {
                throw new UserError(key + ": cannot write to " + parent);
            }
            return new OutputFolder(files, target, aside, missing);
        } catch (UserError e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError(key + ": cannot write to " + place + ": " + e.getMessage(), e);
        }
    }

    private static void requireFree(
            String key, String place, boolean overwrite, Ours ours, FileSystem files, Path target) throws IOException {
        if (!files.exists(target)) {
            return;
        }
        boolean empty = files.getFileStatus(target).isDirectory() && files.listStatus(target).length == 0;
        if (!overwrite) {
            throw new UserError(
                    key + ": " + place + " exists; give another, or output.overwrite=true to replace earlier results");
        }
        if (!empty && !ours.isAt(files, target)) {
            throw new UserError(key + ": " + place + " exists and holds no results of this job, so it is not replaced;"
                    + " give another, or remove it yourself");
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
        return files.create(path(name), true);
    }

    void write(String name, String text) throws IOException {
        try (OutputStream out = create(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Puts the results in their place; what was there goes only once they stand. */
    void commit() throws IOException {
        commit(aside);
    }

    /** Puts one file or folder of the results, and nothing else, in their place. */
    void commitOnly(String name) throws IOException {
        commit(path(name));
        files.delete(aside, true);
    }

    private void commit(Path results) throws IOException {
        Path replaced = new Path(aside.getParent(), aside.getName().replace(".incomplete-", ".replaced-"));
        boolean replace = files.exists(target);
        if (replace) {
            rename(target, replaced);
        }
        rename(results, target);
        committed = true;
        if (replace) {
            files.delete(replaced, true);
        }
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            files.delete(aside, true);
            if (createdAncestor.isPresent()) {
                deleteEmpty(aside.getParent(), createdAncestor.get());
            }
        }
        files.cancelDeleteOnExit(aside);
    }

    /** Takes back the folders that the claim had to make, unless others have put something there. */
    private void deleteEmpty(Path lowest, Path highest) throws IOException {
        for (Path at = lowest; files.exists(at) && files.listStatus(at).length == 0; at = at.getParent()) {
            files.delete(at, false);
            if (at.equals(highest)) {
                return;
            }
        }
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }
}
