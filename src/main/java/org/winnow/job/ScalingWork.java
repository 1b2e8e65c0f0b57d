package org.winnow.job;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.model.NetworkState;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.Round;
import org.winnow.train.Run;
import org.winnow.train.StepRate;
import org.winnow.train.TrainOptions;

/** What {@link ScalingBench} trains: LeNet-300-100 on noise in the shape of MNIST's rows. */
final class ScalingWork {
    /** Minibatches of a shard in a round that is timed. */
    static final int FREQUENCY = 10;

    private static final int BATCH = 128;
    private static final int INPUTS = 784;
    private static final Head HEAD = Head.classes(10);
    private static final List<Integer> HIDDEN = List.of(300, 100);

    private ScalingWork() {}

    /** Rows that so many shards train on in a round. */
    static double samples(int shards) {
        return (double) shards * FREQUENCY * BATCH;
    }

    /** Rounds over so many shards, of so many minibatches of each, after each of which a listener is told. */
    static void train(JavaSparkContext spark, int count, int frequency, int rounds, Round.Listener listener) {
        TrainOptions options = TrainOptions.of(rounds, BATCH, 1e-3, frequency, 1);
        List<Integer> indices = IntStream.range(0, count).boxed().toList();
        JavaRDD<Shard> shards = spark.parallelize(indices, count)
                .map(index -> shard(index, frequency * BATCH))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Run run = new Run("scaling", spark.hadoopConfiguration(), listener);
        AveragingTrainer.fit(shards, network(options), HEAD, options, run);
        shards.unpersist();
    }

    /** Rows a second of the steps alone, without Spark and rounds, in so many threads. */
    static double stepsAlone(int threads, double seconds) {
        Block rows = shard(0, StepRate.STEPS * BATCH).train();
        NetworkState start = network(TrainOptions.of(1, BATCH, 1e-3, FREQUENCY, 1));
        try {
            return StepRate.measure(start, rows, HEAD, BATCH, threads, seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static NetworkState network(TrainOptions options) {
        NetworkOptions layers = new NetworkOptions(HIDDEN, NetworkOptions.Activation.RELU);
        return Networks.build(Optional.empty(), INPUTS, HEAD, layers, options);
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
