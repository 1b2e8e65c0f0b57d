package org.winnow.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.data.read.FileSystems;

/**
 * What a sweep has done: a file for each training that is over, with the trials decided on it, named by its id. Files
 * are written aside and renamed, so that one that is there is whole, whenever the sweep was stopped.
 */
public final class Ledger {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "sweep.json";
    private static final String TRAINING = "training-";
    private static final String REFERENCE = "reference-";
    private static final String ENDING = ".json";
    private static final String ASIDE = ".incomplete-";

    private final FileSystem files;
    private final Path dir;
    private final Set<String> names;

    /**
     * What the ledger is of.
     *
     * @param job that is swept
     * @param data fingerprints by how the data was read and split
     */
    private record Header(int version, String job, Map<String, String> data) {}

    private Ledger(FileSystem files, Path dir, Set<String> names) {
        this.files = files;
        this.dir = dir;
        this.names = names;
    }

    /**
     * Opens a ledger, or begins one.
     *
     * @param data fingerprint of each data set that the sweep reads, by how it is read and split
     * @throws UserError if it belongs to another job, version or data set; nothing is written then
     */
    static Ledger open(String place, String job, Map<String, String> data, Configuration hadoop) {
        FileSystem files = FileSystems.of("output.dir", place, hadoop);
        files.setWriteChecksum(false);
        try {
            Path dir = files.makeQualified(new Path(place));
            Ledger ledger = new Ledger(files, dir, new HashSet<>());
            Map<String, String> all = new TreeMap<>(ledger.header(job, data).data());
            all.putAll(data);
            if (!files.mkdirs(dir)) {
                throw new IOException("the folder cannot be made");
            }
            for (FileStatus file : files.listStatus(dir)) {
                String name = file.getPath().getName();
                if (name.startsWith(".") && name.contains(ASIDE)) {
                    files.delete(file.getPath(), false);
                } else {
                    ledger.names.add(name);
                }
            }
            ledger.write(HEADER, new Header(TrainingResult.VERSION, job, all));
            return ledger;
        } catch (IOException | UncheckedIOException e) {
            throw new UserError("output.dir: cannot use " + place + ": " + e.getMessage(), e);
        }
    }

    private Header header(String job, Map<String, String> data) throws IOException {
        if (!files.exists(new Path(dir, HEADER))) {
            if (files.exists(dir) && files.listStatus(dir).length > 0) {
                throw new UserError("output.dir: " + dir + " is not empty and has no " + HEADER
                        + ", so it is no ledger of a sweep; give another folder");
            }
            return new Header(TrainingResult.VERSION, job, Map.of());
        }
        Header header = read(files, new Path(dir, HEADER), Header.class);
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

    Optional<TrainingResult> training(String id) {
        String name = TRAINING + id + ENDING;
        return has(name) ? Optional.of(read(files, new Path(dir, name), TrainingResult.class)) : Optional.empty();
    }

    void write(TrainingResult result) {
        write(TRAINING + result.id() + ENDING, result);
    }

    Optional<Reference> reference(String id) {
        String name = REFERENCE + id + ENDING;
        return has(name) ? Optional.of(read(files, new Path(dir, name), Reference.class)) : Optional.empty();
    }

    void write(String referenceId, Reference reference) {
        write(REFERENCE + referenceId + ENDING, (Object) reference);
    }

    private boolean has(String name) {
        synchronized (names) {
            return names.contains(name);
        }
    }

    private void write(String name, Object content) {
        Path aside = new Path(dir, "." + name + ASIDE + UUID.randomUUID());
        Path file = new Path(dir, name);
        try {
            try (OutputStream out = files.create(aside, true)) {
                out.write(JSON.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
            }
            FileContext.getFileContext(dir.toUri(), files.getConf()).rename(aside, file, Options.Rename.OVERWRITE);
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
                    .map(file -> file.getPath().toString())
                    .filter(path -> new Path(path).getName().startsWith(TRAINING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place, e);
        }
    }

    /** Reads one of {@link #trainings}; anywhere. */
    public static TrainingResult read(String file, Configuration hadoop) {
        return read(FileSystems.of("output.dir", file, hadoop), new Path(file), TrainingResult.class);
    }

    private static <T> T read(FileSystem files, Path file, Class<T> type) {
        try (InputStream in = files.open(file)) {
            JsonNode tree = JSON.readTree(in);
            int version = tree.path("version").asInt();
            if (version != TrainingResult.VERSION) {
                throw new UserError("output.dir: " + file + " has version " + version + ", this program reads "
                        + TrainingResult.VERSION);
            }
            return JSON.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new UserError(
                    "output.dir: " + file + " is not readable (" + e.getOriginalMessage()
                            + "); remove it, and what it held is run again",
                    e);
        } catch (IOException e) {
            throw new UserError("output.dir: " + file + " is not readable: " + e.getMessage(), e);
        }
    }
}
