package org.winnow.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.data.read.FileSystems;
import org.winnow.file.Damaged;
import org.winnow.file.Lease;
import org.winnow.file.Sealed;
import org.winnow.file.StorageFault;
import org.winnow.file.WholeFile;

/**
 * What a sweep has done: a file for each training that is over, with the trials decided on it, named by its id. Files
 * are written aside and renamed, so that one that is there is whole, whenever the sweep was stopped; one that is not as it
 * was written is put aside, and what it held is run again. One sweep at a time holds a ledger.
 */
public final class Ledger implements AutoCloseable {
    private static final String HEADER = "sweep.json";
    private static final String TRAINING = "training-";
    private static final String REFERENCE = "reference-";
    private static final String ENDING = ".json";

    /** Version 2 had no seals, version 3 no baselines. */
    private static final int VERSION = 4;

    private static final Sealed.Form<Header> HEADERS = new Sealed.Form<>("ledger of a sweep", VERSION, Header.class);
    private static final Sealed.Form<TrainingResult> TRAININGS =
            new Sealed.Form<>("training", VERSION, TrainingResult.class);
    private static final Sealed.Form<Reference> REFERENCES = new Sealed.Form<>("reference", VERSION, Reference.class);
    private static final long LONGEST = Integer.MAX_VALUE - 8;

    private final FileSystem files;
    private final Path dir;
    private final Lease lease;
    private final Set<String> names;

    /**
     * What the ledger is of.
     *
     * @param job that is swept
     * @param data fingerprints by how the data was read and split
     */
    private record Header(String job, Map<String, String> data) {}

    private Ledger(FileSystem files, Path dir, Lease lease, Set<String> names) {
        this.files = files;
        this.dir = dir;
        this.lease = lease;
        this.names = names;
    }

    /**
     * Opens a ledger, or begins one.
     *
     * @param data fingerprint of each data set that the sweep reads, by how it is read and split
     * @throws UserError if it belongs to another job, version or data set, or another sweep holds it; nothing is written
     *     then
     */
    static Ledger open(String place, String job, Map<String, String> data, Configuration hadoop) {
        FileSystem files = FileSystems.of("output.dir", place, hadoop);
        files.setWriteChecksum(false);
        try {
            Path dir = files.makeQualified(new Path(place));
            header(files, dir, job, data);
            if (!files.mkdirs(dir)) {
                throw new IOException("the folder cannot be made");
            }
            Lease lease = Lease.take("output.dir", files, dir.getParent(), dir.getName(), "sweep");
            boolean opened = false;
            try {
                Ledger ledger = new Ledger(files, dir, lease, new HashSet<>());
                ledger.begin(header(files, dir, job, data), data);
                opened = true;
                return ledger;
            } finally {
                if (!opened) {
                    lease.close();
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw StorageFault.atStart("output.dir: cannot use " + place, e);
        }
    }

    private void begin(Header header, Map<String, String> data) throws IOException {
        for (FileStatus file : files.listStatus(dir)) {
            String name = file.getPath().getName();
            if (WholeFile.isAside(name)) {
                files.delete(file.getPath(), false);
            } else {
                names.add(name);
            }
        }
        Map<String, String> all = new TreeMap<>(header.data());
        all.putAll(data);
        write(HEADER, HEADERS, new Header(header.job(), all));
    }

    private static Header header(FileSystem files, Path dir, String job, Map<String, String> data) throws IOException {
        Header header = written(files, dir, job);
        if (!header.job().equals(job)) {
            throw new UserError(
                    "output.dir: the ledger in " + dir + " is of the job " + header.job() + ", this is " + job);
        }
        data.forEach((key, fingerprint) -> {
            String written = header.data().getOrDefault(key, fingerprint);
            if (!written.equals(fingerprint)) {
                throw new UserError("output.dir: the ledger in " + dir + " is of another data set (" + written
                        + ", this is " + fingerprint + "); give another folder");
            }
        });
        return header;
    }

    /** The header as it is there; one made anew where it is damaged or gone and trainings are there. */
    private static Header written(FileSystem files, Path dir, String job) throws IOException {
        Path file = new Path(dir, HEADER);
        String damage = "it is missing";
        if (files.exists(file)) {
            try {
                return read(files, file, HEADERS);
            } catch (Damaged e) {
                damage = e.getMessage();
            }
        } else if (!files.exists(dir) || files.listStatus(dir).length == 0) {
            return new Header(job, Map.of());
        }
        for (FileStatus other : files.listStatus(dir)) {
            Optional<String> its = jobOf(files, other.getPath());
            if (its.isPresent()) {
                System.err.println("warning: " + file + " is made anew, as " + damage);
                return new Header(its.get(), Map.of());
            }
        }
        if (files.exists(file)) {
            System.err.println("warning: " + file + " is made anew, as " + damage + ", and the ledger has no training");
            return new Header(job, Map.of());
        }
        throw new UserError("output.dir: " + dir + " is not empty and has no " + HEADER
                + ", so it is no ledger of a sweep; give another folder");
    }

    /** The job that a file of the ledger is of, if it is one and whole. */
    private static Optional<String> jobOf(FileSystem files, Path file) throws IOException {
        if (!isTraining(file.getName())) {
            return Optional.empty();
        }
        try {
            return read(files, file, TRAININGS).trials().stream()
                    .map(trial -> trial.row().job())
                    .findFirst();
        } catch (Damaged e) {
            return Optional.empty();
        }
    }

    private static boolean isTraining(String name) {
        return name.startsWith(TRAINING) && name.endsWith(ENDING);
    }

    Optional<TrainingResult> training(String id) {
        return find(TRAINING + id + ENDING, TRAININGS);
    }

    void write(TrainingResult result) {
        write(TRAINING + result.id() + ENDING, TRAININGS, result);
    }

    Optional<Reference> reference(String id) {
        return find(REFERENCE + id + ENDING, REFERENCES);
    }

    void write(String referenceId, Reference reference) {
        write(REFERENCE + referenceId + ENDING, REFERENCES, reference);
    }

    /** What a file holds; nothing if it is not there, or is damaged and so put aside. */
    private <T extends Record> Optional<T> find(String name, Sealed.Form<T> form) {
        synchronized (names) {
            if (!names.contains(name)) {
                return Optional.empty();
            }
        }
        Path file = new Path(dir, name);
        try {
            return Optional.of(read(files, file, form));
        } catch (Damaged e) {
            putAside(file, e);
            return Optional.empty();
        } catch (IOException e) {
            throw new UserError("output.dir: " + file + " is not readable: " + e.getMessage(), e);
        }
    }

    private void putAside(Path file, Damaged damage) {
        try {
            Path kept = WholeFile.putAside(files, file);
            System.err.println("warning: " + file + " is not as it was written (" + damage.getMessage()
                    + "); it is now " + kept.getName() + ", and what it held is run again");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put " + file + " aside", e);
        }
        synchronized (names) {
            names.remove(file.getName());
        }
    }

    private <T extends Record> void write(String name, Sealed.Form<T> form, T content) {
        Path file = new Path(dir, name);
        try {
            if (!lease.isHeld()) {
                throw new UserError("output.dir: this sweep stood still for so long that another has taken " + dir
                        + " over, and goes on with it; what was done before is in it");
            }
            byte[] bytes = form.write(name, content);
            WholeFile.write(files, file, out -> out.write(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        synchronized (names) {
            names.add(name);
        }
    }

    /** The files of all trainings, in the order of their names. */
    public static List<String> trainings(String place, Configuration hadoop) {
        FileSystem files = FileSystems.of("output.dir", place, hadoop);
        try {
            return Arrays.stream(files.listStatus(new Path(place)))
                    .map(FileStatus::getPath)
                    .filter(file -> isTraining(file.getName()))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place, e);
        }
    }

    /**
     * Reads one of {@link #trainings}; anywhere.
     *
     * @throws Damaged if it is not as it was written
     */
    public static TrainingResult read(String file, Configuration hadoop) throws Damaged {
        try {
            return read(FileSystems.of("output.dir", file, hadoop), new Path(file), TRAININGS);
        } catch (Damaged e) {
            throw e;
        } catch (IOException e) {
            throw new UserError("output.dir: " + file + " is not readable: " + e.getMessage(), e);
        }
    }

    private static <T extends Record> T read(FileSystem files, Path file, Sealed.Form<T> form) throws IOException {
        return form.read(WholeFile.read(files, file, LONGEST), file.getName(), "output.dir: " + file);
    }

    @Override
    public void close() {
        lease.close();
    }
}
