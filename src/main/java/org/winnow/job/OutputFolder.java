package org.winnow.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;

/**
 * A folder of results that appears whole or not at all: everything is written aside, beside the target, and renamed at
 * the end. Closed before {@link #commit()}, it leaves nothing, and what was there before is untouched.
 */
final class OutputFolder implements AutoCloseable {
    private final FileSystem files;
    private final Path target;
    private final Path aside;
    private final boolean overwrite;
    private boolean committed;

    private OutputFolder(FileSystem files, Path target, Path aside, boolean overwrite) {
        this.files = files;
        this.target = target;
        this.aside = aside;
        this.overwrite = overwrite;
    }

    /**
     * Claims a place for results before any work is done.
     *
     * @throws UserError if something is there and may not be replaced, or the place cannot be written
     */
    static OutputFolder claim(String key, String dir, boolean overwrite, Configuration hadoop) {
        Path named = new Path(dir);
        try {
            FileSystem files = named.getFileSystem(hadoop);
            Path target = files.makeQualified(named);
            if (files.exists(target) && !overwrite) {
                throw new UserError(key + ": " + dir + " exists; give another, or output.overwrite=true to replace it");
            }
            Path aside = new Path(target.getParent(), "." + target.getName() + ".incomplete-" + UUID.randomUUID());
            files.deleteOnExit(aside);
            if (!files.mkdirs(aside)) {
                throw new UserError(key + ": cannot write to " + target.getParent());
            }
            return new OutputFolder(files, target, aside, overwrite);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError(key + ": cannot write to " + dir + ": " + e.getMessage(), e);
        }
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

    /** Puts one file of the results, and nothing else, in their place. */
    void commitFile(String name) throws IOException {
        commit(path(name));
        files.delete(aside, true);
    }

    private void commit(Path results) throws IOException {
        Path replaced = new Path(aside.getParent(), aside.getName().replace(".incomplete-", ".replaced-"));
        boolean replace = overwrite && files.exists(target);
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
        }
        files.cancelDeleteOnExit(aside);
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }
}
