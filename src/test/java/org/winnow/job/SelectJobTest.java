package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.kernel.Noise;

class SelectJobTest {
    private static final String MOONS = "data.path=synthetic:two-moons?rows=400&noise_features=4";

    @TempDir
    Path dir;

    private JobRun select(String name, String... words) {
        String[] all = Stream.concat(Stream.of("output.dir=" + dir.resolve(name)), Stream.of(words))
                .toArray(String[]::new);
        return JobRun.of(SelectJob.runner(), all);
    }

    private List<String> selected(String name) throws IOException {
        return Files.readAllLines(dir.resolve(name).resolve("features.csv")).stream()
                .skip(1)
                .filter(line -> line.endsWith(",true"))
                .map(line -> line.split(",", -1)[1])
                .sorted()
                .toList();
    }

    private Dataset<Row> table(String run, String name) {
        return SparkTest.session().read().parquet(dir.resolve(run).resolve(name).toString());
    }

    @Test
    void findsTheFeaturesThatMatterAndLeavesFilesTablesAndModel() throws IOException {
        JobRun run = select("moons", MOONS, "select.by=gates");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertEquals(List.of("x1", "x2"), selected("moons"));
        assertTrue(run.out().contains("kept 2 of 6 features; held-out accuracy: "), run.out());
        assertTrue(run.err().contains("open 2"), run.err());

        List<Row> gates = table("moons", "gates").orderBy("rank").collectAsList();
        assertEquals(6, gates.size());
        assertEquals(
                List.of(
                        "trial_id",
                        "layer",
                        "gate",
                        "name",
                        "value",
                        "raw_value",
                        "active_probability",
                        "shard_mean",
                        "shard_std",
                        "rounds_mean",
                        "rounds_std",
                        "p_value",
                        "q_value",
                        "rank",
                        "selected",
                        "schema_version"),
                List.of(gates.get(0).schema().fieldNames()));
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6),
                gates.stream().map(row -> row.<Integer>getAs("rank")).toList());
        assertTrue(gates.get(0).<Double>getAs("shard_std") > 0);
        assertTrue(gates.get(0).<Double>getAs("rounds_std") > gates.get(0).<Double>getAs("shard_std"));

        Row trial = table("moons", "trials").collectAsList().get(0);
        assertEquals(gates.get(0).<String>getAs("trial_id"), trial.<String>getAs("trial_id"));
        assertEquals("done", trial.getAs("status"));
        assertEquals(2, trial.<Integer>getAs("kept"));
        assertEquals(4.0 / 6, trial.<Double>getAs("sparsity"), 1e-12);
        assertTrue(trial.<Double>getAs("test_metric") > 0.95);
        Map<String, String> params = trial.getJavaMap(trial.fieldIndex("params"));
        assertEquals("0.01", params.get("gates.reg_weight"));
        assertTrue(Files.exists(dir.resolve("moons/model/network.zip")));
        assertNothingAside();
    }

    @Test
    void ranksWithoutAPriceAndSaysHowSure() throws IOException {
        Path csv = dir.resolve("xor.csv");
        Noise noise = Noise.of(5);
        Files.writeString(
                csv,
                IntStream.range(0, 600)
                        .mapToObj(row -> {
                            double a = noise.child(row).normal(0);
                            double b = noise.child(row).normal(1);
                            return String.join(
                                    ",",
                                    "" + a,
                                    "" + noise.child(row).normal(2),
                                    "" + (3 * a + 7),
                                    "" + b,
                                    a * b > 0 ? "yes" : "no");
                        })
                        .collect(Collectors.joining("\n", "a,noise,copy,b,answer\n", "\n")));
        JobRun run = select("xor", "data.path=" + csv, "data.label=answer", "select.path=true");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertEquals(List.of("a", "b"), selected("xor"));
        assertTrue(run.out().contains("like copy"), run.out());
        assertFalse(run.err().contains("nothing helps"), run.err());
        List<String> last = List.of(
                Files.readAllLines(dir.resolve("xor/features.csv")).get(4).split(",", -1));
        assertEquals("copy", last.get(1));
        assertEquals("a", last.get(12));
        Row gate = table("xor", "gates").orderBy("rank").collectAsList().get(0);
        assertEquals(1, gate.<Double>getAs("value"));
        assertTrue(gate.isNullAt(gate.fieldIndex("raw_value")));
        Row trial = table("xor", "trials").collectAsList().get(0);
        assertEquals("ranking", trial.getAs("method"));
        List<Row> ranks = table("xor", "ranks").orderBy("rank").collectAsList();
        assertEquals(
                List.of("a", "b"),
                Stream.of(ranks.get(0), ranks.get(1))
                        .map(row -> row.<String>getAs("name"))
                        .sorted()
                        .toList());
        assertEquals(List.of("a"), ranks.get(3).getList(ranks.get(3).fieldIndex("alike")));
        assertTrue(Files.exists(dir.resolve("xor/plots/ranks.svg")));
        assertFalse(Files.exists(dir.resolve("xor/plots/gates.svg")));
        List<Row> sizes = table("xor", "sizes").orderBy("size").collectAsList();
        assertEquals(
                List.of(1, 2, 3),
                sizes.stream().map(row -> row.<Integer>getAs("size")).toList());
        assertTrue(sizes.get(0).<Double>getAs("validation_metric") < 0.7, sizes::toString);
        assertTrue(sizes.get(1).<Double>getAs("validation_metric") > 0.9, sizes::toString);
        assertTrue(trial.<Double>getAs("test_metric") > 0.9);
    }

    @Test
    void ofNoiseNothingHelps() throws IOException {
        Path csv = dir.resolve("noise.csv");
        Noise noise = Noise.of(6);
        Files.writeString(
                csv,
                IntStream.range(0, 300)
                        .mapToObj(row -> IntStream.range(0, 20)
                                .mapToObj(column -> "" + noise.child(row).normal(column))
                                .collect(Collectors.joining(",")))
                        .collect(Collectors.joining(
                                "\n",
                                IntStream.range(0, 20)
                                                .mapToObj(column -> "c" + column)
                                                .collect(Collectors.joining(",")) + "\n",
                                "\n")));
        JobRun run = select("noise", "data.path=" + csv, "data.label=c19", "train.epochs=5");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertTrue(run.err().contains("warning: nothing helps: "), run.err());
        assertEquals(1, selected("noise").size());
    }

    @Test
    void aPriceThatClosesEveryGateLeavesTheRankingToTheRows() throws IOException {
        JobRun run = select(
                "closed",
                "data.path=synthetic:friedman1?rows=600&features=30",
                "gates.reg_weight=5",
                "train.epochs=30",
                "select.top_k=4",
                "select.finetune_epochs=1");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertEquals(0, table("closed", "gates").where("value > 0").count());
        assertEquals(List.of("x1", "x2", "x4", "x5"), selected("closed"));
        assertTrue(
                run.err().contains("warning: training closed the gates of 4 of the 4 kept at gates.reg_weight 5.0"),
                run.err());
    }

    @Test
    void theSameCommandGivesTheSameBytesAndAnotherSeedDoesNot() throws IOException {
        String[] quick = {MOONS, "train.epochs=5", "select.finetune_epochs=2", "select.top_k=2", "train.shards=3"};
        select("a", quick);
        select("b", quick);
        select("c", Stream.concat(Stream.of(quick), Stream.of("train.seed=2")).toArray(String[]::new));
        byte[] first = Files.readAllBytes(dir.resolve("a/features.csv"));
        assertArrayEquals(first, Files.readAllBytes(dir.resolve("b/features.csv")));
        assertFalse(java.util.Arrays.equals(first, Files.readAllBytes(dir.resolve("c/features.csv"))));
    }

    @Test
    void dl4jsMasterTrainsTheSameJob() throws IOException {
        JobRun run = select(
                "dl4j", MOONS, "train.master=dl4j", "train.epochs=3", "select.finetune_epochs=1", "select.top_k=2");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertTrue(run.err().contains("selecting    round 3/3  epoch 3"), run.err());
        Row gate = table("dl4j", "gates").collectAsList().get(0);
        assertTrue(gate.isNullAt(gate.fieldIndex("shard_std")), gate::toString);
        String line = Files.readAllLines(dir.resolve("dl4j/features.csv")).get(1);
        assertTrue(line.contains(",,"), line);
    }

    @Test
    void categoricalColumnsAndGroupsShareOneGate() throws IOException {
        Path csv = dir.resolve("colours.csv");
        Files.writeString(
                csv,
                IntStream.range(0, 300)
                        .mapToObj(i -> List.of("red", "green", "blue").get(i % 3) + "," + i * 7 % 11 + "," + i * 5 % 13
                                + "," + (i % 3 == 0 ? "yes" : "no"))
                        .collect(Collectors.joining("\n", "colour,a,b,answer\n", "\n")));
        JobRun run = select(
                "colours",
                "data.path=" + csv,
                "data.label=answer",
                "gates.groups={c = [colour], noise = [a, b]}",
                "select.top_k=1");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertEquals(List.of("colour"), selected("colours"));
        assertEquals(2, table("colours", "gates").count());
        assertEquals(3, Files.readAllLines(dir.resolve("colours/features.csv")).size() - 1);
    }

    @Test
    void aModelPredictsNewRowsFromTheSelectedColumnsAlone() throws IOException {
        Path csv = dir.resolve("line.csv");
        Files.writeString(
                csv,
                IntStream.range(0, 400)
                        .mapToObj(i -> (i % 20) + "," + i * 7 % 11 + "," + (3.0 * (i % 20) + 100))
                        .collect(Collectors.joining("\n", "x,noise,y\n", "\n")));
        JobRun run = select("line", "data.path=" + csv, "data.label=y", "data.task=regression", "select.top_k=1");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertEquals(List.of("x"), selected("line"));
        Path rows = Files.writeString(dir.resolve("new.csv"), "other,x\na,5\nb,15\n");
        Path predictions = dir.resolve("predictions.csv");
        JobRun predicted = predict("line", rows, predictions);
        assertEquals(JobRunner.DONE, predicted.exitCode(), predicted.err());
        List<String> lines = Files.readAllLines(predictions);
        assertEquals("row,prediction", lines.get(0));
        assertEquals(115, Double.parseDouble(lines.get(1).split(",", -1)[1]), 3);
        assertEquals(145, Double.parseDouble(lines.get(2).split(",", -1)[1]), 3);

        Path parquet = dir.resolve("predictions");
        assertEquals(JobRunner.DONE, predict("line", rows, parquet).exitCode());
        assertEquals(2, SparkTest.session().read().parquet(parquet.toString()).count());

        JobRun inTheWay = predict("line", rows, predictions);
        assertEquals(JobRunner.INPUT_WRONG, inTheWay.exitCode());
        assertTrue(inTheWay.err().contains("exists"), inTheWay.err());
        Path without = Files.writeString(dir.resolve("without.csv"), "other\na\n");
        JobRun missing = predict("line", without, dir.resolve("never"));
        assertEquals(JobRunner.INPUT_WRONG, missing.exitCode());
        assertTrue(missing.err().contains("no column \"x\""), missing.err());
        assertNothingAside();
    }

    @Test
    void overwriteReplacesEarlierResultsAndNothingElse() throws IOException {
        String[] quick = {MOONS, "train.epochs=1", "select.finetune_epochs=0", "select.top_k=1"};
        Files.createDirectories(dir.resolve("there"));
        Files.writeString(dir.resolve("there/mine.txt"), "mine");
        String[] overwrite = Stream.concat(Stream.of(quick), Stream.of("output.overwrite=true"))
                .toArray(String[]::new);
        assertEquals(JobRunner.INPUT_WRONG, select("there", quick).exitCode());
        JobRun foreign = select("there", overwrite);
        assertEquals(JobRunner.INPUT_WRONG, foreign.exitCode());
        assertTrue(foreign.err().contains("holds no results of this job"), foreign.err());
        assertEquals("mine", Files.readString(dir.resolve("there/mine.txt")));

        assertEquals(JobRunner.DONE, select("results", quick).exitCode());
        Files.writeString(dir.resolve("results/old.txt"), "old");
        assertEquals(JobRunner.INPUT_WRONG, select("results", quick).exitCode());
        assertTrue(Files.exists(dir.resolve("results/old.txt")));
        assertEquals(JobRunner.DONE, select("results", overwrite).exitCode());
        assertFalse(Files.exists(dir.resolve("results/old.txt")));
        assertTrue(Files.exists(dir.resolve("results/features.csv")));
        assertNothingAside();
    }

    @Test
    void withoutHeldOutRowsNothingIsJudged() throws IOException {
        JobRun run = select(
                "all", MOONS, "data.test_fraction=0", "train.epochs=1", "select.finetune_epochs=1", "select.top_k=1");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertTrue(run.out().contains("no rows held out to judge them"), run.out());
        Row trial = table("all", "trials").collectAsList().get(0);
        assertTrue(trial.isNullAt(trial.fieldIndex("test_metric")));
        assertFalse(run.err().contains("all features"), run.err());
    }

    @Test
    void theSameNetworkIsTheSameBytes() throws IOException {
        String[] quick = {MOONS, "train.epochs=1", "select.finetune_epochs=1", "select.top_k=2"};
        select("one", quick);
        select("two", quick);
        assertArrayEquals(
                Files.readAllBytes(dir.resolve("one/model/network.zip")),
                Files.readAllBytes(dir.resolve("two/model/network.zip")));
        assertFalse(Files.exists(dir.resolve("one/.features.csv.crc")));
    }

    private JobRun predict(String run, Path rows, Path to) {
        return JobRun.of(
                PredictJob.runner(),
                "model.dir=" + dir.resolve(run).resolve("model"),
                "data.path=" + rows,
                "output.path=" + to);
    }

    private void assertNothingAside() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().matches(".*\\.(incomplete|replaced)-.*"))
                            .toList());
        }
    }
}
