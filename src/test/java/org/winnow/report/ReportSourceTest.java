package org.winnow.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.check.UserError;
import org.winnow.model.TrialResult;
import org.winnow.table.LocalTable;
import org.winnow.table.Tables;

/** Tables of select and prune, which are read without Spark, as Spark would. */
class ReportSourceTest {
    @TempDir
    Path dir;

    private static LocalTable trials(String... ids) {
        return Tables.trials(Arrays.stream(ids)
                .map(id -> new TrialResult(
                        id,
                        "select",
                        "gates",
                        Map.of("data.path", "rows.csv"),
                        1,
                        2,
                        "done",
                        7,
                        0.5,
                        Double.NaN,
                        "accuracy",
                        0.9,
                        0.98,
                        0.63,
                        0.5,
                        5,
                        10,
                        1,
                        ""))
                .toList());
    }

    private ReportSource source() throws IOException {
        FileSystem files = FileSystem.getLocal(new Configuration()).getRawFileSystem();
        return new ReportSource(SparkTest.session(), files, "results", new org.apache.hadoop.fs.Path(dir.toUri()));
    }

    private Path write(LocalTable table, String name) throws IOException {
        Path file = Files.createDirectories(dir.resolve("trials")).resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            table.write(out, new Configuration());
        }
        return file;
    }

    private void writeBySpark(Dataset<Row> trials) {
        trials.write().parquet(dir.resolve("trials").toString());
    }

    private static List<String> ids(List<Row> trials) {
        return trials.stream().map(row -> Cells.text(row, "trial_id")).toList();
    }

    private static void assertSays(String sentence, Executable read) {
        String message = String.valueOf(assertThrows(UserError.class, read).getMessage());
        assertTrue(message.matches(sentence), message);
    }

    @Test
    void rowsOfAllFilesComeInTheOrderOfTheirNames() throws IOException {
        write(trials("c", "a"), "part-00001.snappy.parquet");
        write(trials("b"), "part-00000.snappy.parquet");
        Files.writeString(dir.resolve("trials/_SUCCESS"), "");
        assertEquals(List.of("b", "c", "a"), ids(source().trials()));
        assertEquals(
                List.of("a"),
                ids(source().rows(
                                "trials",
                                Tables.TRIALS,
                                row -> Cells.text(row, "trial_id").equals("a"))
                        .orElseThrow()));
        assertTrue(source().rows("gates", Tables.GATES).isEmpty());
    }

    @Test
    void tablesThatSparkWroteReadTheSame() throws IOException {
        LocalTable trials = trials("a", "b");
        Tables.write(trials.on(SparkTest.session()), dir.resolve("trials").toString());
        List<Row> rows = source().trials();
        assertEquals(
                SparkTest.session()
                        .read()
                        .parquet(dir.resolve("trials").toString())
                        .collectAsList(),
                rows);
        assertEquals("rows.csv", ReportData.params(rows.get(0)).get("data.path"));
    }

    @Test
    void earlierTablesLackVersionAndBaseline() throws IOException {
        writeBySpark(trials("a").on(SparkTest.session()).drop("test_metric_baseline"));
        Row trial = source().trials().get(0);
        assertEquals(null, Cells.number(trial, "test_metric_baseline"));
        assertEquals(0.98, Cells.number(trial, "test_metric_all_features"));
    }

    @Test
    void aLaterVersionIsNotRead() {
        writeBySpark(trials("a").on(SparkTest.session()).withColumn(Tables.VERSION_COLUMN, functions.lit(2)));
        assertSays(
                "results.dir: the tables in results have schema version 2, and this program reads up to 1",
                () -> source().trials());
    }

    @Test
    void aColumnThatIsMissingIsNamed() {
        writeBySpark(trials("a").on(SparkTest.session()).drop("kept"));
        assertSays(
                "results.dir: the table trials in results has no column kept; it has \\[trial_id, .*, error\\]",
                () -> source().trials());
    }

    @Test
    void tablesThatAreNotThereOrEmptyAreNoResults() throws IOException {
        assertSays("results.dir: results has no results of select, prune or sweep: .*", () -> source().trials());
        write(trials(), "part-0.snappy.parquet");
        assertSays("results.dir: the table trials in results is empty", () -> source().trials());
    }

    @Test
    void whatIsCutOffOrDamagedIsNotRead() throws IOException {
        Path file = write(trials("a"), "part-0.snappy.parquet");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertSays(
                "results.dir: .*/trials is no readable Parquet: java.io.IOException: part-0.snappy.parquet is cut off or"
                        + " something else",
                () -> source().trials());
        bytes[30] ^= 1;
        Files.write(file, bytes);
        assertSays("results.dir: .*/trials is no readable Parquet: .*", () -> source().trials());
    }
}
