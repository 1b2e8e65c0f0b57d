package org.winnow.train;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.data.read.FileSystems;
import org.winnow.file.Damaged;
import org.winnow.file.Lease;
import org.winnow.file.StorageFault;
import org.winnow.file.WholeFile;

/** The checkpoints of one training run: whole or not at all, the last few kept. */
final class Checkpoints implements AutoCloseable {
    private static final String KEY = "train.checkpoint.dir";
    private static final String RESUME = "train.resume";
    private static final String ENDING = ".checkpoint";
    private static final double NANOS_PER_MINUTE = 60e9;

    private final FileSystem files;
    private final Path dir;
    private final String run;
    private final CheckpointOptions options;
    private final Optional<Lease> lease;
    private long lastWritten = System.nanoTime();
    private int lastRounds;

    private Checkpoints(FileSystem files, Path dir, String run, CheckpointOptions options, Optional<Lease> lease) {
        this.files = files;
        this.dir = dir;
        this.run = run;
        this.options = options;
        this.lease = lease;
    }

    /**
     * Those of a run, if checkpoints are asked for.
     *
     * @param run names configuration, data and network: another run's checkpoints are never taken for its own
     * @param alone whether others are kept from the same run; a task that Spark gives out again is not others
     * @throws UserError if the folder cannot be written, or another process is at the same run
     */
    static Optional<Checkpoints> of(String run, CheckpointOptions options, boolean alone, Configuration hadoop) {
        if (options.dir().isEmpty()) {
            return Optional.empty();
        }
        FileSystem files = FileSystems.of(KEY, options.dir(), hadoop);
        // They have a hash of their own.
        files.setWriteChecksum(false);
        Path dir = new Path(options.dir());
        try {
            files.mkdirs(dir);
            Optional<Lease> lease = alone ? Optional.of(Lease.take(KEY, files, dir, run, "winnow")) : Optional.empty();
            Checkpoints checkpoints = new Checkpoints(files, files.makeQualified(dir), run, options, lease);
            if (alone) {
                checkpoints.clearLeftovers();
            }
            return Optional.of(checkpoints);
        } catch (IOException e) {
            throw StorageFault.atStart(KEY + ": cannot write to " + dir, e);
        }
    }

    /** What a run that was killed was about to write. */
    private void clearLeftovers() throws IOException {
        for (FileStatus file : files.listStatus(dir)) {
            String name = file.getPath().getName();
            if (WholeFile.isAside(name) && name.startsWith("." + run + "-")) {
                files.delete(file.getPath(), false);
            }
        }
    }

    /** The newest state of this run that is as it was written; empty if there is none. Damaged ones are put aside. */
    Optional<RoundState> latest(RoundState start) {
        List<Path> all = all();
        for (int i = all.size() - 1; i >= 0; i--) {
            Path file = all.get(i);
            try {
                RoundState state = read(KEY, files, file, run, start);
                if (!file.getName().equals(name(state.rounds()))) {
                    throw new Damaged("it was written after round " + state.rounds());
                }
                return Optional.of(state);
            } catch (Damaged e) {
                putAside(file, e, i == 0 ? "training begins anew" : "an older one is taken");
            }
        }
        return Optional.empty();
    }

    private void putAside(Path file, Damaged damage, String instead) {
        try {
            System.err.println("warning: the checkpoint " + file + " is not as it was written (" + damage.getMessage()
                    + "); it is now " + WholeFile.putAside(files, file).getName() + ", and " + instead);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put " + file + " aside", e);
        }
    }

    private String name(int rounds) {
        return String.format(Locale.ROOT, "%s-%09d%s", run, rounds, ENDING);
    }

    /** The state in a file that somebody names. */
    static RoundState at(String path, String run, RoundState start, Configuration hadoop) {
        try {
            return read(RESUME, FileSystems.of(RESUME, path, hadoop), new Path(path), run, start);
        } catch (Damaged e) {
            throw new UserError(RESUME + ": " + path + " is not a checkpoint as it was written: " + e.getMessage(), e);
        }
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
        Path file = new Path(dir, name(state.rounds()));
        try {
            if (lease.isPresent() && !lease.get().isHeld()) {
                throw new UserError(KEY + ": this run stood still for so long that another has taken its"
                        + " checkpoints in " + dir + " over, and goes on from them");
            }
            // The oldest goes once the newest is there.
            int atOnce = options.keep() + 1;
            WholeFile.write(
                    files,
                    file,
                    out -> CheckpointFormat.write(out, run, state),
                    atOnce,
                    atOnce + " checkpoints in " + dir);
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

    private static RoundState read(String key, FileSystem files, Path file, String run, RoundState start)
            throws Damaged {
        try {
            try (InputStream in = files.open(file)) {
                return CheckpointFormat.read(in, key + ": " + file, run, start);
            } catch (UserError e) {
                try (InputStream again = files.open(file)) {
                    if (CheckpointFormat.isWhole(again)) {
                        throw e;
                    }
                }
                throw new Damaged("its hash differs", e);
            }
        } catch (Damaged e) {
            throw e;
        } catch (ChecksumException e) {
            throw new Damaged("its checksum differs", e);
        } catch (IOException e) {
            throw new UserError(key + ": " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        lease.ifPresent(Lease::close);
    }
}
