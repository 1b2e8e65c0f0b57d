package org.winnow.job;

import java.io.IOException;
import java.util.HashSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.file.Manifest;

/**
 * The rename that gives results their name. Object stores copy one object after the other and delete the originals last, so
 * a run that is killed meanwhile leaves a part under the name and all of it beside; a mark tells the next run of it.
 *
 * @param from where the results were written
 * @param to their name
 * @param mark an empty file that is there while the rename is under way
 */
record Renaming(FileSystem files, Path from, Path to, Path mark) {
    /** Leaves the mark; results without a manifest have none, as nothing would tell a part of them from the whole. */
    void begin() throws IOException {
        if (files.exists(new Path(from, Manifest.NAME))) {
            files.create(mark, true).close();
        }
    }

    void end() throws IOException {
        files.delete(mark, false);
    }

    /** Ends what a killed run has begun, if all of its results are there still and nothing else has taken the name. */
    void mend() throws IOException {
        if (isWhole(from) && (!files.exists(to) || isPart())) {
            files.delete(to, true);
            if (!files.rename(from, to)) {
                throw new IOException("cannot rename " + from + " to " + to);
            }
            System.err.println("a run was stopped while its results were put into " + to + "; they are whole now");
        }
        end();
    }

    /** Whether all that has the name is also among what was to have it, and some of that is missing. */
    private boolean isPart() throws IOException {
        return files.getFileStatus(to).isDirectory()
                && !isWhole(to)
                && new HashSet<>(Manifest.names(files, from)).containsAll(Manifest.names(files, to));
    }

    private boolean isWhole(Path folder) {
        try {
            Manifest.read(files, folder).verify(files, folder, part -> true);
            return true;
        } catch (IOException e) {
            // It is missing, or a part of it is.
            return false;
        }
    }
}
