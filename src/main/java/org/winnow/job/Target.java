package org.winnow.job;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.file.Lease;

/**
 * The place that results are to have, and the names beside it that they have on their way.
 *
 * @param place in the user's words
 * @param overwrite whether what is ours may be replaced
 */
record Target(FileSystem files, Path path, String place, boolean overwrite, OutputFolder.Ours ours) {
    private static final String INCOMPLETE = ".incomplete-";
    private static final String REPLACED = ".replaced-";
    private static final String COMMITTING = ".committing-";

    /** Where a run writes. */
    Path aside(String run) {
        return beside(INCOMPLETE, run);
    }

    private Path beside(String mark, String run) {
        return new Path(path.getParent(), "." + path.getName() + mark + run);
    }

    /** @throws UserError if something is there that may not be replaced */
    void requireFree(String key) throws IOException {
        if (!files.exists(path)) {
            return;
        }
        if (!overwrite) {
            throw new UserError(
                    key + ": " + place + " exists; give another, or output.overwrite=true to replace earlier results");
        }
        Optional<String> objection = objection(path);
        if (objection.isPresent()) {
            throw new UserError(key + ": " + place + " exists and holds " + objection.get()
                    + ", so it is not replaced; give another, or remove it yourself");
        }
    }

    private Optional<String> objection(Path at) throws IOException {
        return isEmpty(at) ? Optional.empty() : ours.objection(files, at);
    }

    private boolean isEmpty(Path at) throws IOException {
        return files.getFileStatus(at).isDirectory() && files.listStatus(at).length == 0;
    }

    /**
     * Takes away what killed runs have left; only who holds the name may. Results that were on their way out come back
     * where nothing has replaced them.
     */
    void clearLeftovers() throws IOException {
        for (String run : runs(COMMITTING)) {
            renaming(aside(run), run).mend();
        }
        for (FileStatus file : files.listStatus(path.getParent())) {
            String name = file.getPath().getName();
            if (name.startsWith("." + path.getName() + INCOMPLETE)) {
                files.delete(file.getPath(), true);
                System.err.println("removed what a stopped run had left: " + file.getPath());
            } else if (name.startsWith("." + path.getName() + REPLACED)) {
                clearReplaced(file.getPath());
            }
        }
    }

    /** Whether a run was killed while its results got the name; what is there then may be mended. */
    boolean isHalf() throws IOException {
        return files.exists(path.getParent()) && !runs(COMMITTING).isEmpty();
    }

    private List<String> runs(String mark) throws IOException {
        String start = "." + path.getName() + mark;
        return Arrays.stream(files.listStatus(path.getParent()))
                .map(file -> file.getPath().getName())
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()))
                .toList();
    }

    private Renaming renaming(Path from, String run) {
        return new Renaming(files, from, path, beside(COMMITTING, run));
    }

    private void clearReplaced(Path replaced) throws IOException {
        if (!files.exists(path)) {
            rename(replaced, path);
            System.err.println("a stopped run was about to replace " + place + "; it is as it was before");
        } else {
            discard(replaced);
        }
    }

    /**
     * Gives results the name; another beside it, which is said, if there is now something that may not be replaced, or
     * another run has taken the name. Returns the place in the user's words.
     */
    String put(Path results, Lease lease) throws IOException {
        Path replaced = beside(REPLACED, lease.id());
        boolean mine = lease.isHeld();
        boolean replace = mine && files.exists(path);
        if (replace && (!overwrite || objection(path).isPresent() || !moved(path, replaced))) {
            mine = false;
        }
        Renaming renaming = renaming(results, lease.id());
        if (mine) {
            renaming.begin();
            mine = moved(results, path);
            renaming.end();
        }
        if (!mine) {
            return putBeside(results);
        }
        if (replace) {
            discard(replaced);
        }
        return place;
    }

    private String putBeside(Path results) throws IOException {
        for (int i = 2; ; i++) {
            String other = numbered(place, i);
            Path free = files.makeQualified(new Path(other));
            if (moved(results, free)) {
                System.err.println("warning: something that this run did not write appeared at " + place
                        + " while it ran, and is left as it is; the results are in " + other);
                return other;
            }
        }
    }

    /** {@code results-2}, {@code predictions-2.csv}. */
    private static String numbered(String place, int number) {
        String trimmed = place.replaceFirst("/+$", "");
        int dot = trimmed.lastIndexOf('.');
        return dot > trimmed.lastIndexOf('/') + 1
                ? trimmed.substring(0, dot) + "-" + number + trimmed.substring(dot)
                : trimmed + "-" + number;
    }

    /** What somebody has put into earlier results is not ours to delete. */
    private void discard(Path replaced) throws IOException {
        Optional<String> foreign = objection(replaced);
        if (foreign.isEmpty() && !isEmpty(replaced)) {
            foreign = ours.foreign(files, replaced);
        }
        if (foreign.isEmpty()) {
            files.delete(replaced, true);
            return;
        }
        String earlier = place.replaceFirst("/+$", "") + "-earlier";
        String free = earlier;
        for (int i = 2; !moved(replaced, files.makeQualified(new Path(free))); i++) {
            free = earlier + "-" + i;
        }
        System.err.println("warning: what was at " + place + " held " + foreign.get()
                + ", which no run of this job wrote; all of it is kept in " + free);
    }

    /** Gives a file or folder a name; false, and nothing is changed, if the name is taken. */
    private boolean moved(Path from, Path to) throws IOException {
        if (files.exists(to)) {
            return false;
        }
        rename(from, to);
        // A folder that has appeared since takes what is renamed to it into itself.
        Path inside = new Path(to, from.getName());
        if (files.exists(inside) && !files.exists(from)) {
            rename(inside, from);
            return false;
        }
        return true;
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }
}
