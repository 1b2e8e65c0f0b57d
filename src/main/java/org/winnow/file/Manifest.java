package org.winnow.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.Check;

/**
 * What a folder of results has to hold: its parts with their lengths and hashes, in {@value #NAME}. It is written last,
 * so a folder without it is no result.
 *
 * @param kind what the folder is, as {@code select} or {@code model}
 * @param parts by their names in the folder, with slashes
 * @param sha256 over kind and parts
 */
public record Manifest(int schemaVersion, String kind, Map<String, Part> parts, String sha256) {
    /** The file's own name. */
    public static final String NAME = "manifest.json";

    /** The kind of the tables of a sweep. */
    public static final String TABLES = "sweep tables";

    private static final String TABLE_PART = ".parquet";
    private static final int SCHEMA_VERSION = 1;
    private static final long LONGEST = 1 << 28;

    /** A file of the folder. */
    public record Part(long bytes, String sha256) {
        public Part {
            Check.that(bytes >= 0, "bytes", "at least 0", bytes);
            Check.that(sha256.matches("[0-9a-f]{64}"), "sha256", "64 hexadecimal digits", sha256);
        }
    }

    public Manifest {
        Check.that(schemaVersion == SCHEMA_VERSION, "schema_version", String.valueOf(SCHEMA_VERSION), schemaVersion);
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        Check.that(sha256.equals(hash(kind, parts)), "sha256", "that of kind and parts", sha256);
    }

    private static String hash(String kind, Map<String, Part> parts) {
        StringBuilder text = new StringBuilder(kind);
        parts.forEach((name, part) -> text.append('\n')
                .append(name)
                .append('\n')
                .append(part.bytes)
                .append(' ')
                .append(part.sha256));
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A manifest of files whose bytes are known. */
    public static Manifest of(String kind, Map<String, Part> parts) {
        return new Manifest(SCHEMA_VERSION, kind, parts, hash(kind, new TreeMap<>(parts)));
    }

    /**
     * Reads all files of a folder that are there, but for hidden ones, and writes their manifest among them.
     *
     * @param covered whether a part belongs to it, by its name
     */
    public static void write(FileSystem files, Path folder, String kind, Predicate<String> covered) throws IOException {
        byte[] json =
                StrictJson.writePretty(measured(files, folder, kind, covered)).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(files, new Path(folder, NAME), out -> out.write(json));
    }

    /** What a manifest of a folder's files would say as they are now. */
    public static Manifest measured(FileSystem files, Path folder, String kind, Predicate<String> covered)
            throws IOException {
        SortedMap<String, Part> parts = new TreeMap<>();
        for (String name : names(files, folder, "")) {
            if (covered.test(name) && !name.equals(NAME)) {
                Path file = new Path(folder, name);
                try (InputStream in = files.open(file)) {
                    parts.put(name, new Part(files.getFileStatus(file).getLen(), Sha256.of(in)));
                }
            }
        }
        return of(kind, parts);
    }

    /**
     * The manifest of a folder.
     *
     * @throws FileNotFoundException if there is none
     * @throws Damaged if it is not as it was written, or of another kind
     */
    public static Manifest read(FileSystem files, Path folder, String kind) throws IOException {
        Manifest manifest = read(files, folder);
        if (!manifest.kind.equals(kind)) {
            throw new Damaged(NAME + " is that of a " + manifest.kind + ", not of a " + kind);
        }
        return manifest;
    }

    /** The manifest of a folder of any kind. */
    public static Manifest read(FileSystem files, Path folder) throws IOException {
        byte[] json = WholeFile.read(files, new Path(folder, NAME), LONGEST);
        try {
            return StrictJson.read(new String(json, StandardCharsets.UTF_8), Manifest.class);
        } catch (Damaged e) {
            throw new Damaged(NAME + " is not as it was written: " + e.getMessage(), e);
        }
    }

    /**
     * The bytes of a part, verified.
     *
     * @throws Damaged if they are not those that were written, or there are more than allowed; those are not read
     */
    public byte[] read(FileSystem files, Path folder, String name, long most) throws IOException {
        Part part = requireLength(files, folder, name);
        byte[] bytes = WholeFile.read(files, new Path(folder, name), Math.min(part.bytes, most));
        requireHash(name, part, Sha256.of(bytes));
        return bytes;
    }

    /**
     * Verifies parts.
     *
     * @param read names of those that will be read
     * @throws Damaged if one is not as it was written or is missing, or a table has a part that was not written
     */
    public void verify(FileSystem files, Path folder, Predicate<String> read) throws IOException {
        for (String name : parts.keySet()) {
            if (read.test(name)) {
                Part part = requireLength(files, folder, name);
                try (InputStream in = files.open(new Path(folder, name))) {
                    requireHash(name, part, Sha256.of(in));
                } catch (ChecksumException e) {
                    throw new Damaged(name + " is not as it was written: its checksum differs", e);
                }
            }
        }
        for (String name : names(files, folder, "")) {
            if (name.endsWith(TABLE_PART) && read.test(name) && !parts.containsKey(name)) {
                throw new Damaged(name + " was not written with the rest");
            }
        }
    }

    private Part requireLength(FileSystem files, Path folder, String name) throws IOException {
        Part part = parts.get(name);
        if (part == null) {
            throw new Damaged(NAME + " names no " + name);
        }
        try {
            long length = files.getFileStatus(new Path(folder, name)).getLen();
            if (length != part.bytes) {
                throw new Damaged(name + " has " + length + " bytes, " + part.bytes + " were written");
            }
        } catch (FileNotFoundException e) {
            throw new Damaged(name + " is missing", e);
        }
        return part;
    }

    private static void requireHash(String name, Part part, String hash) throws Damaged {
        if (!part.sha256.equals(hash)) {
            throw new Damaged(name + " is not as it was written: its hash differs");
        }
    }

    /** Files below a folder, by their names in it; hidden ones are left out, as Spark does. */
    public static List<String> names(FileSystem files, Path folder) throws IOException {
        return names(files, folder, "");
    }

    private static List<String> names(FileSystem files, Path folder, String before) throws IOException {
        List<String> names = new ArrayList<>();
        for (FileStatus file : files.listStatus(folder)) {
            String name = file.getPath().getName();
            if (name.startsWith("_") || name.startsWith(".")) {
                continue;
            }
            if (file.isDirectory()) {
                names.addAll(names(files, file.getPath(), before + name + "/"));
            } else {
                names.add(before + name);
            }
        }
        return names;
    }
}
