package org.winnow.report;

import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.winnow.check.UserError;
import org.winnow.file.Damaged;
import org.winnow.file.Manifest;
import org.winnow.table.ParquetRowReader;
import org.winnow.table.Tables;

/**
 * The results of a job, as a report reads them.
 *
 * @param name of the folder, for messages and the page
 * @param folder with the tables, or with a folder {@code tables} of them
 */
public record ReportSource(SparkSession spark, FileSystem files, String name, Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Columns that tables of earlier programs do not have. */
    private static final List<String> ADDED = List.of("test_metric_baseline");

    private static final String PROGRESS = "progress.jsonl";
    private static final String TABLES = "tables";
    private static final String TRIALS = "trials";
    private static final String MODEL = "model";

    /** What a Parquet file begins and ends with. */
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /**
     * Requires that tables and model are as they were written. A model may have been moved elsewhere.
     *
     * @throws UserError if they are not
     */
    public void verify() throws IOException {
        Path tables = new Path(folder, TABLES);
        Path sealed = files.exists(tables) ? tables : folder;
        if (!files.exists(new Path(sealed, TRIALS))) {
            return;
        }
        try {
            boolean model = files.exists(new Path(folder, MODEL));
            Manifest.read(files, sealed).verify(files, sealed, part -> model || !part.startsWith(MODEL + "/"));
        } catch (FileNotFoundException e) {
            throw new UserError(
                    "results.dir: " + sealed + " has no " + Manifest.NAME
                            + ", which is written last: a stopped run left it, or a version of Winnow that wrote none; run"
                            + " the job again, with another output.dir or output.overwrite=true",
                    e);
        } catch (Damaged e) {
            throw new UserError(
                    "results.dir: " + name + " is not as it was left: " + e.getMessage() + "; run the job again", e);
        }
    }

    /** Whether the results are those of a sweep. */
    boolean isSweep() throws IOException {
        return files.exists(new Path(folder, TABLES + "/front"));
    }

    /** @throws UserError if there are none, or they are of a later version than this program */
    Dataset<Row> sweptTrials() throws IOException {
        Dataset<Row> trials = table(TRIALS, Tables.TRIALS).orElseThrow(this::nothing);
        requireVersion(trials.takeAsList(1));
        return trials;
    }

    /** The same, of select or prune. */
    List<Row> trials() throws IOException {
        List<Row> trials = rows(TRIALS, Tables.TRIALS).orElseThrow(this::nothing);
        requireVersion(trials);
        return trials;
    }

    private UserError nothing() {
        return new UserError("results.dir: " + name
                + " has no results of select, prune or sweep: neither trials nor tables/trials is in it");
    }

    private void requireVersion(List<Row> trials) {
        if (trials.isEmpty()) {
            throw new UserError("results.dir: the table trials in " + name + " is empty");
        }
        Row any = trials.get(0);
        Double version = any.schema().getFieldIndex(Tables.VERSION_COLUMN).isDefined()
                ? Cells.number(any, Tables.VERSION_COLUMN)
                : null;
        if (version != null && version > Tables.SCHEMA_VERSION) {
            throw new UserError("results.dir: the tables in " + name + " have schema version " + version.intValue()
                    + ", and this program reads up to " + Tables.SCHEMA_VERSION);
        }
    }

    /**
     * A table of a sweep, which may be too large for the driver.
     *
     * @param columns that it has to have
     * @throws UserError if it cannot be read, or lacks a column
     */
    Optional<Dataset<Row>> table(String table, StructType columns) throws IOException {
        Path place = new Path(new Path(folder, TABLES), table);
        if (!files.exists(place)) {
            return Optional.empty();
        }
        Dataset<Row> rows = dataset(place);
        List<String> there = Arrays.asList(rows.columns());
        requireColumns(table, columns, there);
        for (String column : ADDED) {
            if (columns.getFieldIndex(column).isDefined() && !there.contains(column)) {
                rows = rows.withColumn(
                        column, lit(null).cast(columns.apply(column).dataType()));
            }
        }
        return Optional.of(rows);
    }

    private Dataset<Row> dataset(Path place) {
        try {
            parts(place);
            return Tables.read(spark, place.toString());
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
            throw unreadable(place, e);
        }
    }

    /** The rows of a table of select or prune; see {@link #table}. */
    Optional<List<Row>> rows(String table, StructType columns) throws IOException {
        return rows(table, columns, row -> true);
    }

    /** Those of them that are wanted; the others are not held. */
    Optional<List<Row>> rows(String table, StructType columns, Predicate<Row> wanted) throws IOException {
        Path place = new Path(folder, table);
        if (!files.exists(place)) {
            return Optional.empty();
        }
        StructType versioned = columns.add(Tables.VERSION_COLUMN, DataTypes.IntegerType, true);
        List<Row> rows = new ArrayList<>();
        try {
            for (FileStatus part : parts(place)) {
                try (ParquetRowReader reader = ParquetRowReader.open(part, files.getConf())) {
                    requireColumns(table, columns, reader.columns());
                    reader.read(versioned, row -> {
                        if (wanted.test(row)) {
                            rows.add(row);
                        }
                    });
                }
            }
        } catch (UserError e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(place, e);
        }
        return Optional.of(rows);
    }

    private void requireColumns(String table, StructType columns, List<String> there) {
        for (String column : columns.fieldNames()) {
            if (!there.contains(column) && !ADDED.contains(column)) {
                throw new UserError("results.dir: the table " + table + " in " + name + " has no column " + column
                        + "; it has " + there);
            }
        }
    }

    private static UserError unreadable(Path place, Exception e) {
        return new UserError("results.dir: " + place + " is no readable Parquet: " + firstLine(e), e);
    }

    /**
     * The files of a table, by name.
     *
     * @throws IOException if one is no Parquet; Spark would fill the terminal with traces before it says the same
     */
    private List<FileStatus> parts(Path table) throws IOException {
        List<FileStatus> parts = new ArrayList<>();
        for (FileStatus file : files.listStatus(table)) {
            if (file.getPath().getName().endsWith(".parquet")) {
                if (!endsAsParquet(file)) {
                    throw new IOException(file.getPath().getName() + " is cut off or something else");
                }
                parts.add(file);
            }
        }
        parts.sort(Comparator.comparing(FileStatus::getPath));
        return parts;
    }

    private boolean endsAsParquet(FileStatus file) throws IOException {
        byte[] end = new byte[MAGIC.length];
        if (file.getLen() < 2L * MAGIC.length) {
            return false;
        }
        try (FSDataInputStream in = files.open(file.getPath())) {
            in.readFully(file.getLen() - MAGIC.length, end);
        }
        return Arrays.equals(MAGIC, end);
    }

    private static String firstLine(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }

    /**
     * What the job said of each round; nothing if it kept no such file.
     *
     * @throws UserError if a line is no JSON
     */
    List<JsonNode> progress() throws IOException {
        Path file = new Path(folder, PROGRESS);
        List<JsonNode> rounds = new ArrayList<>();
        if (!files.exists(file)) {
            return rounds;
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rounds.add(JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UserError(
                    "results.dir: " + file + ", line " + (rounds.size() + 1) + " is not readable: " + firstLine(e), e);
        }
        return rounds;
    }
}
