package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.winnow.SparkTest;
import org.winnow.table.Tables;

class SweepJobTest {
    private static final List<String> QUICK = List.of(
            "data.path=synthetic:two-moons?rows=300&noise_features=4",
            "train.epochs=12",
            "train.learning_rate=0.02",
            "train.averaging_frequency=5",
            "network.hidden=[8]",
            "select.finetune_epochs=2");
    private static final String PRICES = "sweep.space.gates.reg_weight=[0.02, 0.2]";
    private static final String SEEDS = "sweep.space.train.seed=[1, 2]";

    /** Columns of time, which no two runs share, and the one that says where results go. */
    private static final String[] UNSHARED = {"seconds", "samples_per_second", "params"};

    @TempDir
    Path dir;

    private JobRun sweep(String name, String... words) {
        return JobRun.of(
                SweepJob.runner(words),
                Stream.of(QUICK.stream(), Stream.of(words), Stream.of("output.dir=" + dir.resolve(name)))
                        .flatMap(word -> word)
                        .toArray(String[]::new));
    }

    private static void assertDone(JobRun run) {
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
    }

    private Dataset<Row> table(String sweep, String name) {
        return SparkTest.session()
                .read()
                .parquet(dir.resolve(sweep).resolve("tables").resolve(name).toString());
    }

    private Set<String> rows(String sweep, String table) {
        return new HashSet<>(table(sweep, table).drop(UNSHARED).toJSON().collectAsList());
    }

    private Map<String, String> trainings(String sweep) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(dir.resolve(sweep).resolve("ledger"))) {
            for (Path file : all.filter(path -> path.getFileName().toString().startsWith("training-"))
                    .toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private void assertSameTables(String a, String b) {
        for (String name : List.of("trials", "gates", "rounds", "stability", "consensus", "front")) {
            assertEquals(rows(a, name), rows(b, name), name);
        }
    }

    @Test
    void bothWaysToSpreadGiveTheSameBitsAndThoseOfTheSelectJob() throws IOException {
        String thresholds = "sweep.space.select.threshold=[0.3, 0.5]";
        assertDone(sweep("trials", PRICES, SEEDS, thresholds, "sweep.parallel=trials"));
        assertDone(sweep("data", PRICES, SEEDS, thresholds, "sweep.parallel=data"));
        assertSameTables("trials", "data");
        assertLeavesAReportAndTheVersionOfItsTables("trials");
        assertEquals(8, table("trials", "trials").count());
        assertEquals(4, trainings("trials").size());

        JobRun single = JobRun.of(
                SelectJob.runner(),
                Stream.concat(
                                QUICK.stream(),
                                Stream.of(
                                        "gates.reg_weight=0.02",
                                        "train.seed=2",
                                        "select.threshold=0.3",
                                        "output.dir=" + dir.resolve("single")))
                        .toArray(String[]::new));
        assertDone(single);
        Dataset<Row> alone = SparkTest.session()
                .read()
                .parquet(dir.resolve("single").resolve("trials").toString());
        String id = alone.first().getAs("trial_id");
        assertEquals(
                alone.drop("seconds", "params").toJSON().collectAsList(),
                table("trials", "trials")
                        .where("trial_id = '" + id + "'")
                        .drop("seconds", "params", "training_id", "warm_start_from", "replicates", "threshold")
                        .toJSON()
                        .collectAsList());
        assertEquals(
                new HashSet<>(SparkTest.session()
                        .read()
                        .parquet(dir.resolve("single").resolve("gates").toString())
                        .toJSON()
                        .collectAsList()),
                new HashSet<>(table("trials", "gates")
                        .where("trial_id = '" + id + "'")
                        .toJSON()
                        .collectAsList()));
    }

    @Test
    void whatIsThereIsNotRunAgainAndAWiderSpaceAddsTrials() throws IOException {
        assertDone(sweep("again", PRICES));
        JobRun again = sweep("again", PRICES, SEEDS, "sweep.space.select.threshold=[0.4, 0.5]");
        assertDone(again);
        assertTrue(again.err().contains("2 from before"), again.err());
        assertEquals(8, table("again", "trials").count());
        assertDone(sweep("at-once", PRICES, SEEDS, "sweep.space.select.threshold=[0.4, 0.5]"));
        // Gates open under a threshold that came later are not known for the rounds before it.
        for (String name : List.of("trials", "gates", "stability", "front")) {
            assertEquals(rows("at-once", name), rows("again", name), name);
        }
        Set<String> seconds = new HashSet<>(table("again", "rounds")
                .where("open_gates is null")
                .select("trial_id")
                .distinct()
                .toJSON()
                .collectAsList());
        assertEquals(2, seconds.size(), "two trials were decided on trainings that were there");
    }

    @Test
    void aFailedTrialIsARowAndTooManyEndTheSweep() {
        String rates = "sweep.space.train.learning_rate=[0.02, 3e38]";
        assertDone(sweep("failed", rates));
        List<Row> failed = table("failed", "trials").where("status = 'failed'").collectAsList();
        assertEquals(1, failed.size());
        assertTrue(failed.get(0).<String>getAs("error").contains("no longer finite"));
        assertEquals(
                1,
                table("failed", "trials").where("status in ('done', 'empty')").count());

        JobRun ended = sweep("ended", rates, "sweep.max_failures=0");
        assertEquals(JobRunner.INPUT_WRONG, ended.exitCode());
        assertTrue(ended.err().contains("1 trials failed, more than sweep.max_failures, 0"), ended.err());
    }

    @Test
    void aWarmStartSaysFromWhomAndTakesFewerEpochs() {
        assertDone(sweep("warm", "sweep.space.gates.reg_weight=[0.2, 0.02, 0.06]", "sweep.warm_start=true"));
        List<Row> path = table("warm", "trials")
                .orderBy("train_loss")
                .selectExpr("training_id", "warm_start_from", "epochs", "params['gates.reg_weight'] as price")
                .orderBy("price")
                .collectAsList();
        assertEquals(3, path.size());
        assertTrue(path.get(0).isNullAt(1));
        assertEquals(path.get(0).getString(0), path.get(1).getString(1));
        assertEquals(path.get(1).getString(0), path.get(2).getString(1));
        assertTrue(path.get(0).getInt(2) > path.get(1).getInt(2));
        assertEquals(
                1,
                table("warm", "trials")
                        .select("test_metric_all_features")
                        .distinct()
                        .count(),
                "warm trials are compared with the same network as cold ones");
    }

    private void assertLeavesAReportAndTheVersionOfItsTables(String sweep) {
        assertTrue(Files.isRegularFile(dir.resolve(sweep).resolve("report.html")));
        assertTrue(Files.isRegularFile(dir.resolve(sweep).resolve("plots/front.svg")));
        for (String name : List.of("trials", "gates", "rounds", "stability", "consensus", "front")) {
            assertEquals(
                    List.of(Tables.SCHEMA_VERSION),
                    table(sweep, name).select(Tables.VERSION_COLUMN).distinct().collectAsList().stream()
                            .map(row -> row.getInt(0))
                            .toList(),
                    name);
        }
    }

    @Test
    void anImpossiblePointFailsAloneAndIsGoneWithItsPoint() {
        JobRun some = sweep("some", "sweep.space.select.top_k=[50, 1, 3]");
        assertDone(some);
        assertTrue(
                some.out().contains("failed, 1: select.top_k must be at most the number of gates, 6, got 50"),
                some.out());
        assertEquals(2, table("some", "trials").where("status = 'done'").count());
        assertTrue(some.out().contains("  select.top_k=1\n"), some.out());
        assertEquals(
                0,
                table("some", "trials")
                        .where("status = 'done' and not test_metric_baseline between 0.3 and 0.9")
                        .count());
        JobRun others = sweep("some", "sweep.space.select.top_k=[1, 3, 2]");
        assertDone(others);
        assertTrue(others.err().contains("done 3 (2 from before)"), others.err());
        assertEquals(3, table("some", "trials").where("status = 'done'").count());
    }

    @Test
    void aSweepWhoseTrialsAllFailIsNoSuccess() {
        JobRun none = sweep("none", "sweep.space.select.threshold=[0.4]", "train.learning_rate=1e30");
        assertEquals(JobRunner.OUR_FAULT, none.exitCode(), none.err());
        assertTrue(none.err().endsWith("sweep: all trials failed" + System.lineSeparator()), none.err());
        assertTrue(none.out().contains("failed, 1: "), none.out());
    }

    @Test
    void trialsThatOthersDominateAreStopped() {
        String rates = "sweep.space.train.learning_rate=[0.02, 0.01, 1e-9, 1e-8, 1e-7]";
        assertDone(sweep("stopped", rates, "sweep.stop=asha", "sweep.rungs=1", "train.epochs=24"));
        List<Row> stopped =
                table("stopped", "trials").where("status = 'stopped'").collectAsList();
        assertFalse(stopped.isEmpty());
        assertTrue(stopped.stream().allMatch(row -> row.<Integer>getAs("epochs") < 24));
        assertDone(sweep(
                "stopped-data", rates, "sweep.stop=asha", "sweep.rungs=1", "train.epochs=24", "sweep.parallel=data"));
        assertEquals(rows("stopped", "trials"), rows("stopped-data", "trials"));
    }

    @Test
    void aTargetIsFoundByBisection() {
        assertDone(sweep(
                "target",
                "sweep.space.gates.reg_weight={from = 0.001, to = 1, scale = log}",
                "sweep.target=top_k:2",
                "sweep.target_steps=6",
                "train.epochs=40"));
        List<Row> trials = table("target", "trials")
                .selectExpr("cast(params['gates.reg_weight'] as double) as price", "kept")
                .orderBy("price")
                .collectAsList();
        assertTrue(trials.size() > 2 && trials.size() <= 6, trials.toString());
        assertTrue(trials.stream().anyMatch(row -> row.getInt(1) <= 2), trials.toString());
        assertTrue(trials.get(0).getInt(1) > 2, trials.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "sweep.max_failures=1 ~ sweep.space must have at least one key",
                "sweep.space.gates.reg_wieght=[1] ~ did you mean gates.reg_weight?",
                "sweep.space.gates.reg_weight=[a] ~ sweep.space: gates.reg_weight must be a number, got a",
                "sweep.space.gates.reg_weight=[-1] ~ sweep.space: gates.reg_weight must be a finite number of at least 0",
                "sweep.space.gates.reg_weight={from=2,to=1} ~ from must be at most to",
                "sweep.space.gates.reg_weight=[1 ~ not readable as HOCON",
                "sweep.space={gates.reg_weight=[-1]} ~ at least 0, got -1.0 (command line)",
                "sweep.space={gates.reg_weight=[a,$b]} ~ a value with $ needs double quotes around it",
                "sweep.space={train.seed=[${b}]} ~ Could not resolve substitution to a value: ${b}",
                "sweep.space.train.seed={from=1,to=3,scale=cubic} ~ scale must be linear or log, got cubic (command line)",
                "sweep.space.train.$seed=[1] ~ sweep.space.train.$seed is no path of keys (command line): ",
                "sweep.space.select.threshold=[0.3] select.top_k=2 ~ select.threshold has no effect with select.top_k=2",
                "sweep.space.select.top_k=[50] ~ select.top_k must be at most the number of gates, 6, got 50",
                "sweep.space.data.path=[a] ~ sweep.space.data.path: a sweep has one data.path",
                "sweep.space.train.seed=[1,2,3] sweep.max_trials=2 ~ sweep.max_trials is 2",
                "sweep.space.train.seed=[1] sweep.warm_start=true ~ sweep.space must have gates.reg_weight",
                "sweep.space.train.seed=[1] sweep.target=best ~ sweep.target must be top_k:N",
                "sweep.space.train.seed=[1] sweep.warm_start=true sweep.stop=asha ~ sweep.stop must be none with",
                "sweep.space.train.seed=[1] sweep.stop=asha data.test_fraction=0 ~ sweep.stop needs held-out rows",
            })
    void wrongInputIsAnsweredAndNothingIsWritten(String words, String expected) {
        JobRun run = sweep("never", words.split(" (?=[a-z_.]+=)"));
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        List<String> lines = run.err().lines().toList();
        assertTrue(lines.get(lines.size() - 1).startsWith("sweep: "), run.err());
        assertTrue(run.err().contains(expected), run.err());
        assertFalse(Files.exists(dir.resolve("never")));
    }

    @Test
    void aLedgerOfAnotherDataSetOrVersionIsAnsweredAndKept() throws IOException {
        String price = "sweep.space.gates.reg_weight=[0.02]";
        assertDone(sweep("kept", price));
        assertRefused("is of another data set", price, "data.path=synthetic:two-moons?rows=320&noise_features=4");
        Path ledger = dir.resolve("kept/ledger");
        String file = trainings("kept").keySet().iterator().next();
        String whole = Files.readString(ledger.resolve(file));
        Files.writeString(ledger.resolve(file), "{\"version\":2,\"id\":\"1\"}");
        assertRefused("has version 2, this program reads 4", price);
        Files.writeString(ledger.resolve(file), whole);
        Map<String, String> before = trainings("kept");
        JobRun again = sweep("kept", price);
        assertDone(again);
        assertTrue(again.err().contains("1 from before"), again.err());
        assertEquals(before, trainings("kept"), "nothing is run again");
    }

    @Test
    void damagedFilesOfALedgerArePutAsideAndWhatTheyHeldIsRunAgain() throws IOException {
        String price = "sweep.space.gates.reg_weight=[0.02, 0.03]";
        assertDone(sweep("damaged", price));
        Path ledger = dir.resolve("damaged/ledger");
        Iterator<String> names = trainings("damaged").keySet().iterator();
        String empty = names.next();
        String flipped = names.next();
        long trials = trialRows();
        Files.writeString(ledger.resolve(empty), "");
        Files.writeString(
                ledger.resolve(flipped),
                Files.readString(ledger.resolve(flipped)).replaceFirst("\"epoch\":1", "\"epoch\":2"));
        Path header = ledger.resolve("sweep.json");
        Files.writeString(header, Files.readString(header).substring(0, 30));
        JobRun again = sweep("damaged", price);
        assertDone(again);
        assertTrue(again.err().contains("sweep.json is made anew, as it is cut off"), again.err());
        assertTrue(
                again.err()
                        .contains(empty + " is not as it was written (it is empty); it is now " + empty + ".damaged"),
                again.err());
        assertTrue(again.err().contains(flipped + " is not as it was written (its hash differs)"), again.err());
        assertEquals(trials, trialRows());
        Files.copy(ledger.resolve(flipped), ledger.resolve("training-copy.json"));
        Files.writeString(header, "");
        JobRun copied = sweep("damaged", price);
        assertDone(copied);
        assertTrue(copied.err().contains("left out of the tables, as it is not as it was written: "), copied.err());
        assertTrue(copied.err().contains("training-copy.json (it was written as " + flipped), copied.err());
        assertEquals(trials, trialRows(), "a copy does not count twice");
    }

    private long trialRows() {
        return SparkTest.session()
                .read()
                .parquet(dir.resolve("damaged/tables/trials").toString())
                .count();
    }

    private void assertRefused(String expected, String... words) throws IOException {
        Map<String, String> before = trainings("kept");
        JobRun run = sweep("kept", words);
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertTrue(run.err().contains(expected), run.err());
        assertEquals(before, trainings("kept"));
        assertTrue(Files.exists(dir.resolve("kept/tables/trials/_SUCCESS")));
    }
}
