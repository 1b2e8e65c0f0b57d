package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.winnow.SparkTest;

class PruneJobTest {
    private static final String[] QUICK = {
        "data.path=synthetic:two-moons?rows=400&noise_features=4",
        "network.layers=16,8",
        "dense.epochs=15",
        "train.epochs=30",
        "train.learning_rate=0.01",
        "train.shards=2",
        "finetune.epochs=5",
        "output.measure_seconds=0.01"
    };

    @TempDir
    Path dir;

    private JobRun prune(String name, String... words) {
        return JobRun.of(
                PruneJob.runner(),
                Stream.of(Stream.of("output.dir=" + dir.resolve(name)), quickBeside(words), Stream.of(words))
                        .flatMap(all -> all)
                        .toArray(String[]::new));
    }

    /** The settings that have an effect beside others. */
    private static Stream<String> quickBeside(String... words) {
        List<String> others = List.of(words);
        boolean magnitude = others.contains("prune.method=magnitude");
        boolean given = others.stream().anyMatch(word -> word.startsWith("network.path="));
        return Stream.of(QUICK)
                .filter(word -> !(magnitude && word.matches("train\\.(epochs|learning_rate)=.*")))
                .filter(word -> !(given && word.startsWith("network.layers=")));
    }

    private List<Row> table(String run, String name) {
        return SparkTest.session()
                .read()
                .parquet(dir.resolve(run).resolve(name).toString())
                .collectAsList();
    }

    @Test
    void comparesThresholdsAndLeavesTablesReportAndModel() throws IOException {
        JobRun run = prune("vd", "prune.thresholds=3,0,6", "prune.finetune_all=true");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        List<Row> relevance = table("vd", "relevance");
        assertEquals(9, relevance.size());
        assertEquals(
                List.of("fc1", "fc2", "out"),
                relevance.stream()
                        .limit(3)
                        .map(row -> row.<String>getAs("layer"))
                        .toList());
        for (Row row : relevance) {
            assertEquals(
                    1 - (double) row.<Long>getAs("kept") / row.<Long>getAs("total"), row.<Double>getAs("sparsity"));
            assertTrue(row.<Double>getAs("test_metric_finetuned") > 0.5);
        }
        assertTrue(
                relevance.get(3).<Double>getAs("compression") > relevance.get(0).<Double>getAs("compression"));
        long kept = table("vd", "masks").stream()
                .filter(row -> row.<Double>getAs("threshold") == 3)
                .mapToLong(row -> row.<Long>getAs("kept"))
                .sum();
        Row trial = table("vd", "trials").get(0);
        assertEquals(kept, trial.<Integer>getAs("kept").longValue());
        assertTrue(run.out().contains("answers differ from the masked network's by at most"), run.out());
        for (String file :
                List.of("layers.csv", "serving.csv", "report.txt", "report.html", "model/sparse.safetensors")) {
            assertTrue(Files.exists(dir.resolve("vd").resolve(file)), file);
        }
        List<String> layers = Files.readAllLines(dir.resolve("vd/layers.csv"));
        String last = layers.get(0);
        assertTrue(last.endsWith("latency_micros_before,latency_micros,rows_per_second_before,rows_per_second"), last);
        for (String line : layers.subList(1, layers.size())) {
            List<String> cells = List.of(line.split(",", -1));
            for (String measured : cells.subList(cells.size() - 4, cells.size())) {
                assertTrue(Double.parseDouble(measured) > 0, line);
            }
        }
        JobRun predicted = JobRun.of(
                PredictJob.runner(),
                "model.dir=" + dir.resolve("vd/model"),
                "data.path=synthetic:two-moons?rows=50&noise_features=4",
                "output.path=" + dir.resolve("predictions.csv"));
        assertEquals(JobRunner.DONE, predicted.exitCode(), predicted.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "ard ~ train.epochs=3",
                "hard-concrete ~ train.epochs=3 prune.unit=neuron",
                "continuous ~ train.epochs=3 prune.initial=.*:0.1",
                "l0 ~ train.epochs=3 prune.layer_methods={vd=[out]}",
                "lasso ~ train.epochs=3 prune.layers=fc.*",
                "gaussian ~ train.epochs=3",
                "vd ~ train.epochs=3 network.complex=true",
                "magnitude ~ prune.steps=3 prune.pace=cubic prune.thresholds=0.5",
                "magnitude ~ prune.steps=3 prune.rewind_epoch=2 prune.thresholds=0.5 prune.layer_thresholds=out:0.2",
            })
    void everyMethodGoesTheWholeWay(String method, String words) {
        JobRun run = prune(
                method + words.hashCode(),
                Stream.concat(Stream.of("prune.method=" + method, "dense.epochs=3"), Stream.of(words.split(" ", -1)))
                        .toArray(String[]::new));
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertTrue(run.out().contains("compression"), run.out());
    }

    @Test
    void convolutionsArePrunedToo() {
        // 16 columns that do not vary alike are an image of 4 x 4.
        JobRun run = prune(
                "images",
                "data.path=synthetic:two-moons?rows=200&noise_features=14",
                "network.layers=conv 4 3,max_pool 2,8",
                "network.image=1,4,4",
                "prune.method=magnitude",
                "prune.thresholds=0.5");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertEquals(
                List.of("conv1", "fc1", "out"),
                table("images", "relevance").stream()
                        .map(row -> row.<String>getAs("layer"))
                        .toList());
    }

    @Test
    void aSearchReportsItsTriesAndEndsAtTheTarget() {
        JobRun run = prune("search", "prune.method=magnitude", "prune.target_sparsity=0.7", "prune.search_tries=6");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        List<Row> trials = table("search", "trials");
        assertEquals(7, trials.size());
        assertEquals(
                7,
                trials.stream()
                        .map(row -> row.<String>getAs("trial_id"))
                        .distinct()
                        .count());
        assertEquals(
                6, run.err().lines().filter(line -> line.startsWith("try: ")).count());
        assertEquals(0.7, trials.get(6).<Double>getAs("sparsity"), 0.03);
        assertTrue(trials.get(6).<Double>getAs("sparsity") >= 0.7);

        JobRun byPrice = prune(
                "price",
                "train.epochs=5",
                "prune.target_sparsity=0.3",
                "prune.search_by=reg_weight",
                "prune.search_tries=2",
                "prune.allow_empty=true");
        assertEquals(JobRunner.DONE, byPrice.exitCode(), byPrice.err());
        assertEquals(3, table("price", "trials").size());
    }

    @Test
    void ablationsCompareTheSubnetworkWithRandomOnes() {
        JobRun run = prune(
                "ablated",
                "prune.method=magnitude",
                "prune.thresholds=0.6",
                "prune.ablate=complement_sampled",
                "prune.ablate_repeats=5");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        List<Row> ablations = table("ablated", "ablations");
        assertEquals(6, ablations.size());
        assertEquals("none", ablations.get(0).getAs("ablation"));
        double alone = ablations.get(0).getAs("test_metric");
        assertEquals(table("ablated", "relevance").get(0).<Double>getAs("test_metric"), alone);
        assertTrue(run.out().contains("complement_sampled, 5 draws"), run.out());
    }

    @Test
    void theSameCommandGivesTheSameBytesAndAModelCanBePrunedAgain() throws IOException {
        String[] quick = {"dense.epochs=4", "train.epochs=4", "prune.allow_empty=true"};
        assertEquals(JobRunner.DONE, prune("a", quick).exitCode());
        assertEquals(JobRunner.DONE, prune("b", quick).exitCode());
        assertArrayEquals(
                Files.readAllBytes(dir.resolve("a/model/network.zip")),
                Files.readAllBytes(dir.resolve("b/model/network.zip")));
        JobRun again = prune(
                "again",
                "network.path=" + dir.resolve("a/model/masked.zip"),
                "dense.epochs=0",
                "prune.method=magnitude",
                "prune.thresholds=0.9",
                "prune.allow_empty=true");
        assertEquals(JobRunner.DONE, again.exitCode(), again.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "prune.layers=conv.* ~ prune.layers: no layer that can be made sparse is called conv.*; there are fc1, fc2",
                "prune.layers=( ~ prune.layers must be names of layers or regular expressions, got (",
                "prune.method=vdd ~ prune.method must be one of vd | ard | hard_concrete",
                "prune.layer_methods={vdd=[fc1]} ~ prune.layer_methods must name methods as prune.method does, got vdd",
                "prune.layer_methods={ard=[fc9]} ~ prune.layer_methods: no layer",
                "prune.layer_reg_weights=fc9:1 ~ prune.layer_reg_weights: no layer",
                "prune.initial=fc1 ~ prune.initial must be a list of pattern:number",
                "prune.method=magnitude prune.thresholds=1.5 ~ must be shares in [0, 1], got 1.5",
                "prune.method=magnitude prune.thresholds=1 ~ layer fc1 loses all of its",
                "prune.method=magnitude prune.target_sparsity=0.5 prune.search_by=reg_weight ~ prune.search_by",
                "prune.steps=3 ~ prune.steps",
                "prune.target_sparsity=1 ~ prune.target_sparsity must be in [0, 1), got 1.0",
                "prune.target_sparsity=0.5 data.test_fraction=0 ~ data.test_fraction",
                "prune.target_metric_drop=0.01 dense.epochs=0 ~ prune.target_metric_drop is against a dense network",
                "prune.method=magnitude prune.thresholds=0.2 prune.ablate=complement-sampled ~ at most half is kept",
                "network.path=DIR/nothing.zip ~ network.path: DIR/nothing.zip is not a MultiLayerNetwork",
                "network.path=DIR/rows.csv ~ network.path: DIR/rows.csv is not a MultiLayerNetwork",
                "network.path=DIR/rows.csv network.layers=3 ~ network.layers has no effect with network.path=DIR/rows.csv",
                "prune.method=magnitude train.epochs=3 ~ train.epochs has no effect with prune.method=magnitude and",
                "network.layers=16,pool ~ network.layers must be a list",
                "network.image=1,4,4 network.layers=conv_4 ~ network.layers",
                "network.image=1,4,4 ~ network.image must have as many numbers as a row has inputs, 6, got [1, 4, 4]",
                "train.temperature_schedule=0:1 ~ train.temperature_schedule must be empty",
                "data.test_files=t10k* ~ data.test_files must name some and not all of the files",
            })
    void badInputIsAnsweredInOneSentence(String words, String expected) throws IOException {
        Files.writeString(dir.resolve("rows.csv"), "a,b\n1,2\n");
        JobRun run = prune("never", words.replace("DIR", dir.toString()).split(" ", -1));
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        String last = run.err().lines().reduce((a, b) -> b).orElse("");
        assertTrue(last.startsWith("prune: "), run.err());
        assertTrue(last.contains(expected.replace("DIR", dir.toString())), last);
        assertFalse(run.err().contains("\tat "), run.err());
        assertEquals("", run.out());
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(
                    List.of("rows.csv"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** A network of 6 inputs that a test resource holds, pruned of nothing. */
    private JobRun given(String zip, String... words) {
        List<String> all = new ArrayList<>(List.of(
                "data.path=src/test/resources/shifted.csv",
                "network.path=src/test/resources/nets/" + zip,
                "dense.epochs=0",
                "prune.method=magnitude",
                "prune.thresholds=0",
                "finetune.epochs=0"));
        all.addAll(List.of(words));
        return JobRun.of(
                PruneJob.runner(),
                Stream.concat(all.stream(), Stream.of("output.dir=" + dir.resolve(zip)))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"columns", "none", "range", "global"})
    void aNetworkIsAsGoodAsItWasBehindItsNormaliser(String standardise) {
        JobRun run = given("minmax.zip", "data.standardise=" + standardise);
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertTrue(table("minmax.zip", "trials").get(0).<Double>getAs("test_metric_all_features") >= 0.98, run.out());
        assertTrue(
                run.err().contains("network.path: its NormalizerMinMaxScaler became part of the weights"), run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "batchnorm.zip ~ network.path: BatchNormalization layer1 became part of the weights of layer2",
                "double.zip ~ network.path: numbers of the type DOUBLE became 32-bit floats",
                "frozen.zip ~ network.path: layer layer0 was frozen, and learns here",
                "actlayer.zip ~ rows to train on",
            })
    void layersThatRealZipsHaveAreCarried(String zip, String said) {
        JobRun run = given(zip);
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertTrue(run.err().contains(said), run.err());
    }

    @Test
    void layerNormalisationIsRefusedByName() {
        JobRun run = given("layernorm.zip");
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertTrue(run.err().contains("got DenseLayer with layer normalisation"), run.err());
    }

    @Test
    void aNetworkOfOtherRowsIsRefused() {
        prune("six", "dense.epochs=1", "train.epochs=1", "prune.thresholds=8");
        JobRun run = prune(
                "never",
                "data.path=synthetic:two-moons?rows=400&noise_features=9",
                "network.path=" + dir.resolve("six/model/masked.zip"));
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertTrue(run.err().contains("network.path: the network does not take rows of 11 inputs"), run.err());
    }
}
