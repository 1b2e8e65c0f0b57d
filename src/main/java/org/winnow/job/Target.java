package org.winnow.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.file.AtomicRename;
import org.winnow.file.Lease;
import org.winnow.file.Unwritten;

/**
 * The place that results are to have, and the names beside it that they have on their way.
 *
 * @param place in the user's words
 * @param overwrite whether what is ours may be replaced
 */
record Target(FileSystem files, Path path, String place, boolean overwrite, Ours ours) {
    private static final String INCOMPLETE = ".incomplete-";
    private static final String REPLACED = ".replaced-";
    private static final String REPLACING = ".replacing-";
    private static final String WRITING = ".writing-";

    /** Moves results to a place. */
    @FunctionalInterface
    interface Move {
        void to(Path place) throws IOException;
    }

    /** How a run puts its results there. */
    Placing placing(String run) throws IOException {
        if (ours.isFile() || AtomicRename.isOf(files)) {
            return aside(run);
        }
        return files.exists(path) ? replacing(run) : inPlace(run);
    }

    private Aside aside(String run) {
        return new Aside(this, beside(INCOMPLETE, run), run);
    }

    private Replacing replacing(String run) {
        return new Replacing(this, beside(INCOMPLETE, run), beside(REPLACING, run), run);
    }

    private InPlace inPlace(String run) {
        return new InPlace(this, beside(WRITING, run));
    }

    /** Where earlier results are while those of a run get their name. */
    Path replaced(String run) {
        return beside(REPLACED, run);
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

    /** Whether what is there now may be replaced. */
    boolean mayReplace() throws IOException {
        return overwrite && (!files.exists(path) || objection(path).isEmpty());
    }

    /** What is in results and was not written by the job, in words; empty if nothing. */
    Optional<String> foreign(Path at) throws IOException {
        if (!files.exists(at) || isEmpty(at)) {
            return Optional.empty();
        }
        Optional<String> objection = ours.objection(files, at);
        return objection.isPresent() ? objection : ours.foreign(files, at);
    }

    private Optional<String> objection(Path at) throws IOException {
        return isEmpty(at) ? Optional.empty() : ours.objection(files, at);
    }

    private boolean isEmpty(Path at) throws IOException {
        return files.getFileStatus(at).isDirectory() && files.listStatus(at).length == 0;
    }

    /**
     * Takes away what killed runs have left; only who holds the name may. Results that were about to get their name, or
     * to lose it, are whole afterwards.
     */
    void clearLeftovers() throws IOException {
        for (String run : runs(REPLACING)) {
            replacing(run).resume();
        }
        for (String run : runs(WRITING)) {
            inPlace(run).clear();
        }
        for (String run : runs(INCOMPLETE)) {
            for (Target other : besideOf(run)) {
                other.inPlace(run).clear();
            }
            Path left = beside(INCOMPLETE, run);
            files.delete(left, true);
            System.err.println("removed what a stopped run had left: " + left);
        }
        for (String run : runs(REPLACED)) {
            aside(run).clearReplaced(replaced(run));
        }
    }

    /** Whether a run that writes at the place itself is at it or was killed, so that what is there is no obstacle yet. */
    boolean isHalf() throws IOException {
        return files.exists(path.getParent())
                && !(runs(REPLACING).isEmpty() && runs(WRITING).isEmpty());
    }

    /** The names beside this one at which a run was writing, as this one was taken. */
    private List<Target> besideOf(String run) throws IOException {
        String mark = WRITING + run;
        return Arrays.stream(files.listStatus(path.getParent()))
                .map(file -> file.getPath().getName())
                .filter(name -> name.startsWith(".") && name.endsWith(mark))
                .map(name -> name.substring(1, name.length() - mark.length()))
                .map(name -> at(words().replaceFirst("[^/]+$", Matcher.quoteReplacement(name))))
                .toList();
    }

    private Target at(String other) {
        return new Target(files, files.makeQualified(new Path(other)), other, false, ours);
    }

    /**
     * Has results moved to the first name beside the place that nobody has or wants; a run that is killed meanwhile leaves
     * a mark there, as one that writes at the place itself does.
     */
    String putBeside(String run, Move move) throws IOException {
        for (int i = 2; ; i++) {
            Target other = at(numbered(i));
            if (!files.exists(other.path) && other.isMoved(run, move)) {
                warnOfOther(other.place);
                return other.place;
            }
        }
    }

    /** Moves results here; false, and nothing is done, if another run has the place. */
    private boolean isMoved(String run, Move move) throws IOException {
        Lease lease;
        try {
            lease = Lease.take("output.dir", files, path.getParent(), path.getName(), "winnow");
        } catch (UserError inUse) {
            return false;
        }
        try (lease) {
            if (isHalf()) {
                return false;
            }
            InPlace there = inPlace(run);
            boolean moved = false;
            try {
                there.begin();
                move.to(path);
                there.done();
                moved = true;
            } finally {
                if (!moved) {
                    there.abandon();
                }
            }
            return true;
        }
    }

    private List<String> runs(String mark) throws IOException {
        String start = "." + path.getName() + mark;
        return Arrays.stream(files.listStatus(path.getParent()))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()))
                .toList();
    }

    /** Another name beside the place, in the user's words: {@code results-2}, {@code predictions-2.csv}. */
    String numbered(int number) {
        String trimmed = words();
        int dot = trimmed.lastIndexOf('.');
        return dot > trimmed.lastIndexOf('/') + 1
                ? trimmed.substring(0, dot) + "-" + number + trimmed.substring(dot)
                : trimmed + "-" + number;
    }

    private String words() {
        return place.replaceFirst("/+$", "");
    }

    void warnOfOther(String other) {
        System.err.println("warning: something that this run did not write appeared at " + place
                + " while it ran, and is left as it is; the results are in " + other);
    }

    void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Unwritten.telling(() -> bytes.length, file.getName(), () -> {
            try (OutputStream out = files.create(file, true)) {
                out.write(bytes);
            }
        });
    }

    void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }
}
