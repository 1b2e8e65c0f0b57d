package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.winnow.SparkTest;
import org.winnow.file.Sealed;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;
import org.winnow.train.Architecture;
import org.winnow.train.ArchitectureOptions;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.TrainOptions;

class SweepPruneJobTest {
    private static final List<String> QUICK = List.of(
            "data.path=synthetic:two-moons?rows=200&noise_features=2",
            "network.layers=8",
            "dense.epochs=4",
            "train.epochs=4",
            "train.learning_rate=0.02",
            "train.averaging_frequency=4",
            "finetune.epochs=2");
    private static final String PRICES = "sweep.space.prune.reg_weight=[1, 10]";
    private static final List<String> TABLES =
            List.of("trials", "relevance", "masks", "ablations", "rounds", "stability", "consensus", "front");

    /** Columns of time, which no two runs share, and the one that says where results go. */
    private static final String[] UNSHARED = {
        "seconds", "samples_per_second", "latency_micros", "on_latency_front", "latency_knee", "params"
    };

    @TempDir
    Path dir;

    private JobRun sweep(String name, String... words) {
        boolean given = Stream.of(words).anyMatch(word -> word.startsWith("network.path="));
        String[] all = Stream.of(
                        QUICK.stream().filter(word -> !(given && word.startsWith("network.layers="))),
                        Stream.of("sweep.job=prune", "output.dir=" + dir.resolve(name)),
                        Stream.of(words))
                .flatMap(word -> word)
                .toArray(String[]::new);
        return JobRun.of(SweepJob.runner(all), all);
    }

    private static void assertDone(JobRun run) {
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
    }

    private Dataset<Row> table(String sweep, String name) {
        return read(dir.resolve(sweep).resolve("tables").resolve(name));
    }

    private static Dataset<Row> read(Path table) {
        return SparkTest.session().read().parquet(table.toString());
    }

    private static Set<String> rows(Dataset<Row> table) {
        return new HashSet<>(table.drop(UNSHARED).toJSON().collectAsList());
    }

    @Test
    void bothWaysToSpreadGiveTheSameBitsAndThoseOfThePruneJob() {
        Stream<String> space = Stream.of(
                PRICES,
                "sweep.space.prune.thresholds=[3, [1, 0]]",
                "sweep.space.train.seed=[1, 2, 3]",
                "prune.allow_empty=true",
                "prune.ablate=random",
                "prune.ablate_repeats=2");
        String[] words = space.toArray(String[]::new);
        assertDone(sweep("trials", with("sweep.parallel=trials", words)));
        assertDone(sweep("data", with("sweep.parallel=data", words)));
        for (String table : TABLES) {
            assertEquals(rows(table("data", table)), rows(table("trials", table)), table);
        }
        assertEquals(12, table("trials", "trials").count());
        assertEquals(
                6, table("trials", "trials").select("training_id").distinct().count());
        assertSameAsThePruneJob("trials");
        assertTablesSayWhatSeedsAgreeOnAndWhatANetworkCosts("trials");
    }

    private static String[] with(String word, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(word)).toArray(String[]::new);
    }

    private void assertSameAsThePruneJob(String sweep) {
        assertDone(JobRun.of(
                PruneJob.runner(),
                Stream.concat(
                                QUICK.stream(),
                                Stream.of(
                                        "prune.reg_weight=10",
                                        "train.seed=2",
                                        "prune.thresholds=[1, 0]",
                                        "prune.allow_empty=true",
                                        "prune.ablate=random",
                                        "prune.ablate_repeats=2",
                                        "output.measure_seconds=0.01",
                                        "output.dir=" + dir.resolve("single")))
                        .toArray(String[]::new)));
        String id = read(dir.resolve("single/trials")).first().getAs("trial_id");
        assertEquals(
                rows(read(dir.resolve("single/trials"))),
                rows(table(sweep, "trials")
                        .where("trial_id = '" + id + "'")
                        .drop("training_id", "warm_start_from", "replicates", "threshold", "flops")));
        for (String table : List.of("relevance", "masks", "ablations")) {
            assertEquals(
                    rows(read(dir.resolve("single").resolve(table))),
                    rows(table(sweep, table).where("trial_id = '" + id + "'")),
                    table);
        }
    }

    private void assertTablesSayWhatSeedsAgreeOnAndWhatANetworkCosts(String sweep) {
        List<Row> stability = table(sweep, "stability").collectAsList();
        assertEquals(12, stability.size(), "two prices, two layers, three thresholds of two trials");
        Row row = stability.get(0);
        List<Row> masks = table(sweep, "consensus")
                .where("replicates = '" + row.getAs("replicates") + "' and layer = '" + row.getAs("layer") + "'")
                .where("threshold = " + row.<Double>getAs("threshold"))
                .orderBy("rule")
                .collectAsList();
        List<Long> counts = masks.get(0).getList(masks.get(0).fieldIndex("counts"));
        assertEquals(
                List.of(counts.get(3), counts.get(2) + counts.get(3), counts.get(1) + counts.get(2) + counts.get(3)),
                masks.stream().map(mask -> mask.<Long>getAs("kept")).toList(),
                "intersection, majority, union");
        assertEquals(
                row.<Double>getAs("kept_mean"), (counts.get(1) + 2 * counts.get(2) + 3 * counts.get(3)) / 3.0, 1e-9);
        List<Row> front = table(sweep, "front").collectAsList();
        assertEquals(4, front.size());
        for (Row configuration : front) {
            assertEquals(2 * configuration.<Double>getAs("kept"), configuration.<Double>getAs("flops"), 1e-9);
            assertTrue(configuration.<Double>getAs("latency_micros") > 0);
        }
        assertTrue(front.stream().anyMatch(configuration -> configuration.<Boolean>getAs("flops_knee")));
        assertTrue(front.stream().anyMatch(configuration -> configuration.<Boolean>getAs("latency_knee")));
        assertTrue(Files.exists(dir.resolve(sweep).resolve("report.html")));
        assertTrue(Files.exists(dir.resolve(sweep).resolve("plots/costs.svg")));
    }

    @Test
    void everyKeyCanBeAnAxis() {
        assertDone(sweep(
                "keys",
                "sweep.space.prune.method=[magnitude]",
                "sweep.space.prune.thresholds=[0.5, 0.7]",
                "sweep.space.prune.steps=[1, 2]",
                "sweep.space.prune.rewind_epoch=[-1, 2]",
                "sweep.space.network.layers=[[6], [6, 5]]"));
        assertEquals(16, table("keys", "trials").where("status = 'done'").count());
        assertEquals(2, table("keys", "trials").select("total").distinct().count(), "networks of two sizes");

        assertDone(sweep(
                "methods",
                "sweep.space.prune.method=[ard, l0, lasso]",
                "sweep.space.prune.target_sparsity=[0, 0.2]",
                "sweep.space.prune.search_by=[reg_weight]",
                "prune.search_tries=2",
                "prune.allow_empty=true"));
        assertEquals(6, table("methods", "trials").where("status = 'done'").count());
        assertEquals(
                3,
                table("methods", "trials").select("training_id").distinct().count(),
                "searches begin with a training that is there");
    }

    @Test
    void emptyAndFailedTrialsAreRowsAndLeaveTheirTrainingToOthers() {
        String[] space = {
            "sweep.space.prune.method=[magnitude]",
            "sweep.space.prune.thresholds=[0.5, 1]",
            "sweep.space.finetune.learning_rate=[0.001, 3e38]"
        };
        assertDone(sweep("rows", space));
        Dataset<Row> trials = table("rows", "trials");
        assertEquals(1, trials.where("status = 'done'").count());
        assertEquals(
                1,
                trials.where("status = 'failed' and error like '%no longer finite%'")
                        .count());
        assertEquals(
                2,
                trials.where("status = 'empty' and error like '%loses all of its%'")
                        .count());
        assertEquals(1, trials.select("training_id").distinct().count());
        JobRun retried = sweep("rows", with("sweep.retry_failed=true", space));
        assertDone(retried);
        assertTrue(retried.err().contains("3 from before"), retried.err());
        assertEquals(4, table("rows", "trials").count());
    }

    @Test
    void warmStartsAndStoppingWorkAlongPrices() {
        assertDone(sweep("warm", PRICES, "sweep.warm_start=true", "prune.allow_empty=true"));
        List<Row> path = table("warm", "trials")
                .selectExpr("warm_start_from", "training_id", "epochs")
                .orderBy("epochs")
                .collectAsList();
        assertEquals(path.get(1).getString(1), path.get(0).getString(0));
        assertTrue(path.get(1).isNullAt(0));

        assertDone(sweep(
                "stopped",
                "sweep.space.train.learning_rate=[0.02, 0.01, 1e-9, 1e-8, 1e-7]",
                "sweep.stop=asha",
                "sweep.rungs=1",
                "train.epochs=12",
                "dense.epochs=1",
                "prune.thresholds=-9.5",
                "prune.allow_empty=true"));
        Dataset<Row> stopped = table("stopped", "trials").where("status = 'stopped'");
        assertFalse(stopped.isEmpty());
        assertTrue(stopped.collectAsList().stream()
                .allMatch(row -> row.<Integer>getAs("epochs") < 13 && row.<Integer>getAs("total") > 0));
    }

    @Test
    void networksThatAreGivenAreAnAxisAndPartOfATrialsName() throws IOException {
        for (int units : List.of(3, 4)) {
            NetworkState network = Architecture.build(
                    new ArchitectureOptions(
                            List.of(String.valueOf(units)), List.of(), NetworkOptions.Activation.RELU, false, ""),
                    4,
                    Head.classes(2),
                    TrainOptions.of(1, 1, 0.1, 1, 1));
            try (OutputStream out = Files.newOutputStream(dir.resolve(units + ".zip"))) {
                NetworkStates.write(network, out);
            }
        }
        assertDone(sweep(
                "given",
                "sweep.space.network.path=[" + dir.resolve("3.zip") + ", " + dir.resolve("4.zip") + "]",
                "prune.allow_empty=true"));
        assertEquals(
                2,
                table("given", "trials")
                        .selectExpr("params['network.content']", "total")
                        .distinct()
                        .count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "sweep.max_failures=1 ~ sweep.space must have at least one key",
                "sweep.space.prune.reg_wieght=[1] ~ did you mean prune.reg_weight?",
                "sweep.space.gates.reg_weight=[1] ~ unknown key gates.reg_weight",
                "sweep.space.prune.thresholds=[a] ~ sweep.space: prune.thresholds must be a list of numbers, got [a]",
                "sweep.space.prune.method=[vdd] ~ sweep.space: prune.method must be one of vd | ard",
                "sweep.space.prune.reg_weight=[-1] ~ sweep.space: prune.reg_weight must be a finite number of at least 0",
                "sweep.space.output.dir=[a] ~ sweep.space.output.dir: a sweep has one output.dir",
                "sweep.space.train.seed=[1] sweep.warm_start=true ~ sweep.space must have prune.reg_weight",
                "sweep.space.train.seed=[1,2] prune.layers=conv.* ~ prune.layers: no layer that can be made sparse",
                "sweep.space.train.seed=[1,2] prune.steps=3 ~ prune.steps and prune.rewind_epoch are for magnitude",
                "sweep.space.train.seed=[1] network.path=DIR/nothing.zip ~ network.path: DIR/nothing.zip is not",
                "sweep.space.network.path=[DIR/nothing.zip] ~ sweep.space: network.path: DIR/nothing.zip is not",
                "sweep.space.train.seed=[1] train.temperature_schedule=0:1 ~ train.temperature_schedule must be empty",
                "sweep.space.train.seed=[1] prune.target_sparsity=0.5 data.test_fraction=0 ~ data.test_fraction must",
            })
    void wrongInputIsAnsweredAndNothingIsWritten(String words, String expected) {
        JobRun run = sweep("never", words.replace("DIR", dir.toString()).split(" (?=[a-z_.]+=)"));
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        List<String> lines = run.err().lines().toList();
        assertTrue(lines.get(lines.size() - 1).startsWith("sweep: "), run.err());
        assertTrue(run.err().contains(expected.replace("DIR", dir.toString())), run.err());
        assertFalse(Files.exists(dir.resolve("never")));
    }

    private record Header(String job, Map<String, String> data) {}

    @Test
    void aLedgerOfAnotherJobIsAnswered() throws IOException {
        Files.createDirectories(dir.resolve("other/ledger"));
        byte[] header = new Sealed.Form<>("ledger of a sweep", 4, Header.class)
                .write("sweep.json", new Header("select", Map.of()));
        Files.write(dir.resolve("other/ledger/sweep.json"), header);
        JobRun run = sweep("other", PRICES);
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertTrue(run.err().contains("is of the job select, this is prune"), run.err());
    }
}
