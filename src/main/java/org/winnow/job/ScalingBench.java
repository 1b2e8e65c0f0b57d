package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.model.NetworkState;
import org.winnow.model.Setting;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.Round;
import org.winnow.train.Run;
import org.winnow.train.StepRate;
import org.winnow.train.TrainOptions;

/**
 * {@code jobs/bench.sh scaling}: training rows a second of LeNet-300-100 on one and on two cores of this process, and on
 * one and on two executors of one core of a standalone cluster, shards averaged every 10 minibatches of 128; from the
 * median round. What a round costs beside its steps does not depend on the shards, so more of them scale better. Before, what
 * the machine has to give: the steps alone in one and in two threads, without Spark and rounds. Rows are noise in the shape of
 * MNIST's.
 */
final class ScalingBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String THREADS = "threads";
    private static final String CORES = "cores";
    private static final String EXECUTORS = "executors";
    private static final int INPUTS = 784;
    private static final Head HEAD = Head.classes(10);
    private static final List<Integer> HIDDEN = List.of(300, 100);
    private static final int BATCH = 128;
    private static final int FREQUENCY = 10;
    /** Rounds of a few shards, in which JVMs compile what Spark does for each. */
    private static final int SHORT_ROUNDS = 1500;

    private static final int FEW_SHARDS = 2;
    /** Parts of rounds that all shards take before they are timed. */
    private static final int WARM_UP = 1280;

    private static final double SECONDS_OF_STEPS = 10;

    private ScalingBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Rounds timed, of which the median is taken", byDefault = "20", unit = "rounds")
            int rounds,

            @Setting(
                    value =
                            "Shards, which executors share out among them; 64 is what train.shards=0 comes to with large"
                                    + " data",
                    byDefault = "64")
            int shards,

            @Setting(value = "Only threads, cores or executors; empty: all", byDefault = "\"\"")
            String only) {
        Config {
            that(shards >= 1 && shards <= 64, "shards", "in 1 .. 64", shards);
            that(rounds >= 1, "rounds", "at least 1", rounds);
            that(
                    List.of("", THREADS, CORES, EXECUTORS).contains(only),
                    "only",
                    "threads, cores, executors or empty",
                    only);
        }

        /** Whether these are measured. */
        boolean has(String units) {
            return only.isEmpty() || only.equals(units);
        }
    }

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench scaling",
                "training rows a second on one and on two cores, of one process and of a standalone cluster's executors",
                Config.class,
                ScalingBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        SparkConf conf = spark.sparkContext().getConf();
        spark.stop();
        for (int threads = 1; threads <= 2 && config.has(THREADS); threads++) {
            print(THREADS, threads, config, stepsAlone(threads));
        }
        for (int cores = 1; cores <= 2 && config.has(CORES); cores++) {
            measure(conf.clone().setMaster("local[" + cores + "]"), CORES, cores, config);
        }
        Path root = Path.of(Optional.ofNullable(System.getenv("WINNOW_HOME")).orElse(""));
        for (int executors = 1; executors <= 2 && config.has(EXECUTORS); executors++) {
            Path logs = Files.createTempDirectory("winnow-cluster");
            try (LocalCluster cluster = LocalCluster.start(root, logs, executors)) {
                measure(clusterConf(conf, cluster, executors), EXECUTORS, executors, config);
            }
        }
    }

    /** Work begins when all executors are there: shards stay where they are first made. */
    private static SparkConf clusterConf(SparkConf conf, LocalCluster cluster, int executors) {
        return conf.clone()
                .setMaster(cluster.url())
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.cores.max", String.valueOf(executors))
                .set("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    }

    private static void measure(SparkConf conf, String unit, int units, Config config) throws IOException {
        int before = WARM_UP / config.shards();
        List<Long> ends = new ArrayList<>();
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            train(spark, FEW_SHARDS, SHORT_ROUNDS, round -> {});
            train(spark, config.shards(), before + config.rounds(), round -> ends.add(System.nanoTime()));
        }
        double[] seconds = IntStream.range(before, before + config.rounds())
                .mapToDouble(round -> (ends.get(round) - ends.get(round - 1)) * 1e-9)
                .sorted()
                .toArray();
        double samples = (double) config.shards() * FREQUENCY * BATCH;
        print(unit, units, config, samples / seconds[config.rounds() / 2]);
    }

    private static double stepsAlone(int threads) {
        Shard shard = shard(0, StepRate.STEPS * BATCH);
        NetworkState start = network(TrainOptions.of(1, BATCH, 1e-3, FREQUENCY, 1));
        try {
            return StepRate.measure(start, shard.train(), HEAD, BATCH, threads, SECONDS_OF_STEPS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static NetworkState network(TrainOptions options) {
        NetworkOptions layers = new NetworkOptions(HIDDEN, NetworkOptions.Activation.RELU);
        return Networks.build(Optional.empty(), INPUTS, HEAD, layers, options);
    }

    private static void print(String unit, int units, Config config, double rate) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "scaling");
        line.put(unit, units);
        if (!unit.equals(THREADS)) {
            line.put("shards", config.shards());
        }
        line.put("samples_per_second", Math.round(rate));
        System.out.println(JSON.writeValueAsString(line));
    }

    private static void train(JavaSparkContext spark, int count, int rounds, Round.Listener listener) {
        TrainOptions options = TrainOptions.of(rounds, BATCH, 1e-3, FREQUENCY, 1);
        NetworkState start = network(options);
        List<Integer> indices = IntStream.range(0, count).boxed().toList();
        JavaRDD<Shard> shards = spark.parallelize(indices, count)
                .map(index -> shard(index, FREQUENCY * BATCH))
                .persist(StorageLevel.MEMORY_AND_DISK());
        AveragingTrainer.fit(shards, start, HEAD, options, new Run("scaling", spark.hadoopConfiguration(), listener));
        shards.unpersist();
    }

    private static Shard shard(int index, int rows) {
        float[] inputs = new float[rows * INPUTS];
        Noise.of(1).child(index).uniform(inputs, 0);
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = row % HEAD.width();
        }
        return new Shard(
                index, new Block(rows, INPUTS, inputs, targets), new Block(0, INPUTS, new float[0], new float[0]));
    }
}
