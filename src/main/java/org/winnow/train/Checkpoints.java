package org.winnow.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.data.read.FileSystems;

/** The checkpoints of one training run: whole or not at all, the last few kept. */
final class Checkpoints {
    private static final String ENDING = ".checkpoint";
    private static final double NANOS_PER_MINUTE = 60e9;

    private final FileSystem files;
    private final Path dir;
    private final String run;
    private final CheckpointOptions options;
    private long lastWritten = System.nanoTime();
    private int lastRounds;

    private Checkpoints(FileSystem files, Path dir, String run, CheckpointOptions options) {
        this.files = files;
        this.dir = dir;
        this.run = run;
        this.options = options;
    }

    /**
     * Those of a run, if checkpoints are asked for.
     *
     * @param run names configuration, data and network: another run's checkpoints are never taken for its own
     * @throws UserError if the folder cannot be written
     */
    static Optional<Checkpoints> of(String run, CheckpointOptions options, Configuration hadoop) {
        if (options.dir().isEmpty()) {
            return Optional.empty();
        }
        FileSystem files = FileSystems.of("train.checkpoint.dir", options.dir(), hadoop);
        Path dir = new Path(options.dir());
        try {
            files.mkdirs(dir);
            return Optional.of(new Checkpoints(files, files.makeQualified(dir), run, options));
        } catch (IOException e) {
            throw new UserError("train.checkpoint.dir: cannot write to " + dir + ": " + e.getMessage(), e);
        }
    }

    /** The newest state of this run; empty if there is none. */
    Optional<RoundState> latest(RoundState start) {
        List<Path> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(read(files, all.get(all.size() - 1), run, start));
    }

    /** The state in a file that somebody names. */
    static RoundState at(String path, String run, RoundState start, Configuration hadoop) {
        return read(FileSystems.of("train.resume", path, hadoop), new Path(path), run, start);
    }

    /** Writes the state if the time for it has come. */
    void afterRound(RoundState state) {
        boolean due = options.everyRounds() > 0
                ? state.rounds() - lastRounds >= options.everyRounds()
                : System.nanoTime() - lastWritten >= options.everyMinutes() * NANOS_PER_MINUTE;
        if (due) {
            write(state);
        }
    }

    /** Writes the state and deletes the oldest beyond those kept; returns the file. */
    Path write(RoundState state) {
        Path file = new Path(dir, String.format(Locale.ROOT, "%s-%09d%s", run, state.rounds(), ENDING));
        Path aside = new Path(dir, "." + file.getName() + ".incomplete");
        try {
            try (DataOutputStream out = new DataOutputStream(files.create(aside, true))) {
                CheckpointFormat.write(out, run, state);
            }
            if (files.exists(file)) {
                files.delete(file, false);
            }
            if (!files.rename(aside, file)) {
                throw new IOException("cannot rename " + aside + " to " + file);
            }
            List<Path> all = all();
            for (Path old : all.subList(0, Math.max(0, all.size() - options.keep()))) {
                files.delete(old, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write checkpoint " + file, e);
        }
        lastWritten = System.nanoTime();
        lastRounds = state.rounds();
        return file;
    }

    /** Files of this run, from the oldest to the newest. */
    private List<Path> all() {
        try {
            return Arrays.stream(files.listStatus(dir))
                    .map(FileStatus::getPath)
                    .filter(path -> path.getName().startsWith(run + "-")
                            && path.getName().endsWith(ENDING))
                    .sorted(Comparator.comparing(Path::getName))
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + dir, e);
        }
    }

    private static RoundState read(FileSystem files, Path file, String run, RoundState start) {
        try (DataInputStream in = new DataInputStream(files.open(file))) {
            return CheckpointFormat.read(in, file.toString(), run, start);
        } catch (IOException e) {
            throw new UserError("train.resume: " + file + " is not a whole checkpoint: " + e.getMessage(), e);
        }
    }
}
