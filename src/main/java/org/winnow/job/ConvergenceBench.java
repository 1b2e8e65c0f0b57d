package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.winnow.data.DataLoader;
import org.winnow.data.DataOptions;
import org.winnow.data.LoadedData;
import org.winnow.model.NetworkState;
import org.winnow.model.Setting;
import org.winnow.report.Progress;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.Round;
import org.winnow.train.Run;
import org.winnow.train.TrainOptions;

/**
 * {@code jobs/bench.sh convergence}: what averaging costs in accuracy. LeNet-300-100 learns 10,000 rows of MNIST on eight
 * shards, averaged plainly and by outer steps, rarely and often; and on one shard for as many epochs. The other 50,000
 * rows judge. A JSON line for each way, means over seeds.
 */
final class ConvergenceBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IMAGES = "train-images-idx3-ubyte.gz";

    /** Of the 60,000, so that 10,000 are left to learn from. */
    private static final double HELD_OUT = 5.0 / 6;

    private ConvergenceBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting("Folder with train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz of MNIST")
            String data,

            @Setting(
                    value = "Ways to average: none (plain averaging), momentum, nesterov; empty: one shard alone",
                    byDefault = "[none, momentum, nesterov]")
            List<String> outers,

            @Setting(value = "Minibatches between averagings", byDefault = "[1, 10, 50, 200]", unit = "minibatches")
            List<Integer> frequencies,

            @Setting(value = "Step size of the outer optimiser", byDefault = "0.7")
            double outerLearningRate,

            @Setting(value = "Momentum of the outer optimiser", byDefault = "0.8")
            double outerMomentum,

            @Setting(value = "Step size of Adam on the shards", byDefault = "0.002")
            double learningRate,

            @Setting(value = "Passes over the training rows", byDefault = "40")
            int epochs,

            @Setting(value = "Whether one shard is trained too", byDefault = "true")
            boolean oneShard,

            @Setting(value = "Seeds 1 to this, of which the mean is taken", byDefault = "1")
            int seeds) {
        Config {
            that(!frequencies.isEmpty(), "frequencies", "at least one", frequencies);
            that(seeds >= 1, "seeds", "at least 1", seeds);
        }
    }

    /** What a network is trained with. */
    record Training(DataOptions data, NetworkOptions network, TrainOptions train) {}

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench convergence",
                "test accuracy of plain averaging and of outer steps at several averaging frequencies (MNIST)",
                Config.class,
                ConvergenceBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        if (config.oneShard()) {
            measure(spark, config, 1, "none", config.frequencies().get(0));
        }
        for (String outer : config.outers()) {
            for (int frequency : config.frequencies()) {
                measure(spark, config, 8, outer, frequency);
            }
        }
    }

    private static void measure(SparkSession spark, Config config, int shards, String outer, int frequency)
            throws IOException {
        long started = System.nanoTime();
        double accuracy = 0;
        for (int seed = 1; seed <= config.seeds(); seed++) {
            accuracy += accuracy(spark, training(config, shards, outer, frequency, seed)) / config.seeds();
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "convergence");
        line.put("shards", shards);
        line.put("outer", outer);
        line.put("averaging_frequency", frequency);
        if (!outer.equals("none")) {
            line.put("outer_learning_rate", config.outerLearningRate());
            line.put("outer_momentum", config.outerMomentum());
        }
        line.put("learning_rate", config.learningRate());
        line.put("epochs", config.epochs());
        line.put("seeds", config.seeds());
        line.put("test_accuracy", Math.round(accuracy * 1e5) / 1e5);
        line.put("seconds", Math.round((System.nanoTime() - started) * 1e-8) / 10.0);
        System.out.println(JSON.writeValueAsString(line));
    }

    private static Training training(Config config, int shards, String outer, int frequency, int seed) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("data.path", config.data() + "/" + IMAGES);
        keys.put("data.test_fraction", String.valueOf(HELD_OUT));
        keys.put("network.hidden", "[300, 100]");
        keys.put("train.epochs", String.valueOf(config.epochs()));
        keys.put("train.learning_rate", String.valueOf(config.learningRate()));
        keys.put("train.shards", String.valueOf(shards));
        keys.put("train.averaging_frequency", String.valueOf(frequency));
        keys.put("train.outer", outer);
        keys.put("train.evaluate_every", String.valueOf(Integer.MAX_VALUE));
        keys.put("train.seed", String.valueOf(seed));
        keys.put("train.outer_learning_rate", String.valueOf(config.outerLearningRate()));
        keys.put("train.outer_momentum", String.valueOf(config.outerMomentum()));
        return SettingsReader.read(Training.class, Optional.empty(), keys);
    }

    private static double accuracy(SparkSession spark, Training training) {
        TrainOptions train = training.train();
        LoadedData data = DataLoader.load(spark, training.data(), train.shards(), train.seed());
        try {
            Head head = Head.classes(data.schema().outputs());
            NetworkState start =
                    Networks.build(Optional.empty(), data.schema().inputs(), head, training.network(), train);
            Progress progress = Progress.onStandardError();
            Run run = new Run(
                    "convergence-" + train.outer() + "-" + train.averagingFrequency(),
                    spark.sparkContext().hadoopConfiguration(),
                    round -> show(progress, train, round));
            return AveragingTrainer.fit(data.shards(), start, head, train, run)
                    .heldOut()
                    .accuracy();
        } finally {
            data.shards().unpersist();
        }
    }

    private static void show(Progress progress, TrainOptions train, Round round) {
        String line = train.shards() + " shards, outer " + train.outer() + ", every " + train.averagingFrequency()
                + ": round " + round.number() + "/" + round.of() + ", loss " + (float) round.loss() + ", "
                + Math.round(round.samplesPerSecond()) + " samples/s";
        progress.show(line, line, round.last());
    }
}
