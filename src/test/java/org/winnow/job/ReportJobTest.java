package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.file.Manifest;
import org.winnow.model.GateResult;
import org.winnow.model.RoundResult;
import org.winnow.model.TrialResult;
import org.winnow.report.Browser;
import org.winnow.table.SweepTables;
import org.winnow.table.Tables;

class ReportJobTest {
    private static final String PATH = "gates.reg_weight";
    private static final int GATES = 5;
    private static final List<Double> PRICES = List.of(0.01, 0.1, 1.0);

    /** What is kept at each price: fewer as it rises, and at the end too few. */
    private static final List<Integer> KEPT = List.of(5, 2, 1);

    private static final List<Double> ACCURACY = List.of(0.97, 0.96, 0.7);

    @TempDir
    Path dir;

    private JobRun report(Object folder) {
        return JobRun.of(ReportJob.runner(), "results.dir=" + folder);
    }

    /** The tables of a sweep over three prices and two seeds. */
    private Path sweep() throws IOException {
        List<Row> trials = new ArrayList<>();
        List<Row> gates = new ArrayList<>();
        List<Row> rounds = new ArrayList<>();
        for (int price = 0; price < PRICES.size(); price++) {
            for (int seed = 1; seed <= 2; seed++) {
                String id = "trial-" + price + "-" + seed;
                trials.add(trial(id, price, seed));
                for (int gate = 0; gate < GATES; gate++) {
                    gates.add(gate(id, gate, gate < KEPT.get(price)));
                }
                for (int round = 1; round <= 3; round++) {
                    rounds.add(Tables.row(new RoundResult(id, round, round, 1.0 / round, 0.9, 5, 100, round)));
                }
            }
        }
        Dataset<Row> ofTrials = write("trials", trials, Tables.SWEEP_TRIALS);
        Dataset<Row> ofGates = write("gates", gates, Tables.GATES);
        write("rounds", rounds, Tables.ROUNDS);
        write("stability", SweepTables.stability(ofTrials, ofGates, PATH, 0.9));
        write("front", SweepTables.front(ofTrials, PATH));
        seal(dir.resolve("sweep/tables"), Manifest.TABLES);
        return dir.resolve("sweep");
    }

    private static Row trial(String id, int price, int seed) {
        Map<String, String> params = Map.of(
                PATH,
                "" + PRICES.get(price),
                "select.threshold",
                "0.5",
                "train.seed",
                "" + seed,
                "data.path",
                "rows.csv");
        TrialResult trial = new TrialResult(
                id,
                "select",
                "gates </script>",
                params,
                seed,
                2,
                "done",
                7,
                0.5,
                0.5,
                "accuracy",
                ACCURACY.get(price),
                0.98,
                0.63,
                1 - KEPT.get(price) / (double) GATES,
                KEPT.get(price),
                GATES,
                1,
                "");
        return Tables.row(trial, "training-" + id, null, "at-" + price, 0.5, null, null);
    }

    private static Row gate(String id, int gate, boolean kept) {
        return Tables.row(new GateResult(
                id,
                "gates",
                gate,
                "feature_" + gate,
                kept ? 0.9 : 0.1,
                0,
                0,
                0,
                0,
                0,
                0,
                Double.NaN,
                Double.NaN,
                gate + 1,
                kept));
    }

    private Dataset<Row> write(String name, List<Row> rows, StructType schema) {
        return write(name, SparkTest.session().createDataFrame(rows, schema));
    }

    private Dataset<Row> write(String name, Dataset<Row> rows) {
        String place = dir.resolve("sweep/tables").resolve(name).toString();
        rows.write().parquet(place);
        return SparkTest.session().read().parquet(place);
    }

    @Test
    void makesAPageThatNeedsNothingElseAndAFileForEachPlot() throws IOException {
        Path sweep = sweep();
        for (int run = 0; run < 2; run++) {
            JobRun made = report(sweep);
            assertEquals(JobRunner.DONE, made.exitCode(), made.err());
        }
        String page = Files.readString(sweep.resolve("report.html"));
        assertTrue(page.contains("most frequent class alone 0.6300, "), "what to compare with is not there");
        assertFalse(page.contains("/*{"), "a part of the page is missing");
        assertFalse(page.contains("<link") || page.contains("<script src"), "the page asks for another file");
        assertEquals(4, Browser.count(page, "</script>"));
        try (Stream<Path> plots = Files.list(sweep.resolve("plots"))) {
            assertEquals(
                    List.of("agreement.svg", "front.svg", "gates.svg", "path.svg", "rounds.svg", "stability.svg"),
                    plots.map(plot -> plot.getFileName().toString()).sorted().toList());
        }
        String gates = Files.readString(sweep.resolve("plots/gates.svg"));
        assertTrue(gates.startsWith("<svg") && gates.contains("feature_4"), gates);
        assertEquals(3, files(sweep), "something was left beside tables, page and plots");
    }

    @Test
    void aBrowserShowsWhatTheTablesSay() throws IOException, InterruptedException {
        Optional<Browser> browser = Browser.find(dir.resolve("profile"));
        assumeTrue(browser.isPresent(), "no Chromium on the PATH; WINNOW_CHROMIUM may name one");
        Path sweep = sweep();
        assertEquals(JobRunner.DONE, report(sweep).exitCode());
        String shown = browser.orElseThrow().open(sweep.resolve("report.html"));
        assertEquals(List.of("Sweep of the select job"), Browser.texts(shown, "<h1"));
        assertEquals(List.of("6", "2.0", "0.9600", "0.1000"), Browser.texts(shown, "<div class=\"value\""));
        assertTrue(shown.contains("2 features, accuracy 0.96"), "the knee has no label");
        assertEquals(List.of("6 of 6 trials"), Browser.texts(shown, "<span id=\"found\""));
        assertEquals(6, Browser.count(shown, "<span class=\"status done\""));
        assertEquals(
                List.of("trial", "status", PATH, "train.seed"),
                Browser.texts(shown, "<th[^>]*><button").subList(0, 4));
        for (int gate = 0; gate < GATES; gate++) {
            assertTrue(shown.contains(">feature_" + gate + "</text>"), "no label of gate " + gate);
        }
    }

    @Test
    void refusesWhatHasNoResults() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "no folder");
        Path empty = Files.createDirectory(dir.resolve("empty"));
        Path broken = dir.resolve("broken");
        Files.writeString(Files.createDirectories(broken.resolve("trials")).resolve("part-0.parquet"), "no Parquet");
        assertRefused(report(dir.resolve("nowhere")), "there is no folder");
        assertRefused(report(file), "must be a folder");
        assertRefused(report(empty), "has no results of select, prune or sweep");
        assertRefused(report(broken), "has no manifest.json");
        seal(broken, "select");
        assertRefused(report(broken), "no readable Parquet");
        assertEquals(0, files(empty));
        assertEquals(2, files(broken));
    }

    private static void seal(Path folder, String kind) throws IOException {
        Configuration hadoop = new Configuration();
        FileSystem files = FileSystem.getLocal(hadoop).getRawFileSystem();
        Manifest.write(files, new org.apache.hadoop.fs.Path(folder.toUri()), kind, part -> true);
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static void assertRefused(JobRun run, String why) {
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("report: results.dir") && run.err().contains(why), run.err());
        assertEquals(
                1, run.err().lines().filter(line -> line.startsWith("report: ")).count(), run.err());
    }
}
