package org.winnow.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.model.NetworkState;

/** Measures what a round costs beside the training steps in it, for this trainer, for DL4J's, and for an empty job. */
public final class RoundCost {
    private static final int WARM_UP = 30;
    private static final int DL4J_ROUNDS = 10;
    private static final int DL4J_WARM_UP = 2;
    private static final int TASKS = 2;

    private RoundCost() {}

    /** Median seconds of a job of two tasks that do nothing. */
    public static double empty(JavaSparkContext spark, int rounds) {
        JavaRDD<Integer> numbers = spark.parallelize(List.of(0, 1), TASKS);
        return median(WARM_UP, rounds, () -> numbers.map(number -> number).collect());
    }

    /** Median seconds of a round that takes no step: all state is broadcast, loaded, returned, averaged and taken over. */
    public static double winnow(
            JavaSparkContext spark, NetworkState network, Head head, TrainOptions options, int rounds) {
        Block none = new Block(0, 0, new float[0], new float[0]);
        JavaRDD<Shard> shards = spark.parallelize(List.of(new Shard(0, none, none), new Shard(1, none, none)), TASKS)
                .persist(StorageLevel.MEMORY_AND_DISK());
        RoundState start = RoundState.start(network.parameters(), options.outer());
        float[] updaterState = new float[2 * network.parameters().length];
        RoundInput input = new RoundInput(
                network.configuration(),
                options,
                0,
                0,
                Packed.of(start.parameters()),
                Packed.of(updaterState),
                0,
                0,
                false);
        return median(WARM_UP, rounds, () -> {
            Broadcast<RoundInput> shared = spark.broadcast(input);
            RoundMean mean = ShardTree.mean(
                    shards.map(
                            shard -> Worker.of(shared.value().configuration()).take(shared.value(), shard, head)),
                    TASKS);
            start.after(mean, options);
            shared.destroy();
        });
    }

    /**
     * Seconds of an averaging round of DL4J's own master, at its defaults but for the data that it takes directly: an
     * ordinary pass over data for several rounds, of one row for each worker and round, less what the step on a row takes.
     */
    public static double dl4j(JavaSparkContext spark, NetworkState network, int inputs, int outputs, int rounds) {
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(TASKS, 1)
                .batchSizePerWorker(1)
                .averagingFrequency(1)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .build();
        SparkDl4jMultiLayer trained =
                new SparkDl4jMultiLayer(spark, MultiLayerConfiguration.fromJson(network.configuration()), master);
        List<DataSet> rows = new ArrayList<>();
        for (int row = 0; row < TASKS * DL4J_ROUNDS; row++) {
            INDArray target = Nd4j.zeros(1, outputs);
            target.putScalar(row % outputs, 1);
            rows.add(new DataSet(Nd4j.ones(1, inputs), target));
        }
        int passes = Math.max(1, rounds / DL4J_ROUNDS);
        double round = median(DL4J_WARM_UP, passes, () -> trained.fit(spark.parallelize(rows, TASKS))) / DL4J_ROUNDS;
        DataSet row = rows.get(0);
        return round - median(WARM_UP, rounds, () -> trained.getNetwork().fit(row));
    }

    private static double median(int warmUp, int rounds, Runnable round) {
        double[] seconds = new double[rounds];
        for (int i = -warmUp; i < rounds; i++) {
            long started = System.nanoTime();
            round.run();
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - started) * 1e-9;
            }
        }
        Arrays.sort(seconds);
        return seconds[rounds / 2];
    }
}
