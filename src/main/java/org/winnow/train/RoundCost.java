package org.winnow.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
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
    /** Executors compile for long. */
    private static final int WARM_UP = 500;

    private static final int DL4J_ROUNDS = 10;
    private static final int FREQUENCY = 10;
    private static final int BATCH = 32;
    private static final int TASKS = 2;

    private RoundCost() {}

    /** Median seconds of a job of two tasks that do nothing. */
    public static double empty(JavaSparkContext spark, int rounds) {
        JavaRDD<Integer> numbers = spark.parallelize(List.of(0, 1), TASKS);
        return median(WARM_UP, rounds, () -> numbers.map(number -> number).collect());
    }

    /**
     * Median seconds of a round of a minibatch of one row, less that step: all state is broadcast, loaded, returned,
     * averaged and taken over.
     */
    public static double winnow(
            JavaSparkContext spark, NetworkState network, int inputs, Head head, TrainOptions options, int rounds) {
        Block row = new Block(1, inputs, new float[inputs], new float[1]);
        Block none = new Block(0, inputs, new float[0], new float[0]);
        List<Shard> rows = List.of(new Shard(0, row, none), new Shard(1, row, none));
        Shards shards = Shards.onSpark(spark.parallelize(rows, TASKS).persist(StorageLevel.MEMORY_AND_DISK()));
        RoundState start = RoundState.start(network.parameters(), options.outer());
        RoundInput oneStep = round(network, options, 1);
        RoundInput moreSteps = round(network, options, 1 + FREQUENCY);
        double round = median(WARM_UP, rounds, () -> start.after(shards.round(oneStep, head), options));
        Worker worker = Worker.of(network.configuration());
        double one = median(WARM_UP, rounds, () -> worker.take(oneStep, rows.get(0), head));
        double more = median(1, rounds, () -> worker.take(moreSteps, rows.get(0), head));
        return round - (more - one) / FREQUENCY;
    }

    private static RoundInput round(NetworkState network, TrainOptions options, int steps) {
        Packed parameters = Packed.of(network.parameters());
        Packed updaterState = Packed.of(new float[2 * parameters.length()]);
        return new RoundInput(network.configuration(), options, 0, 0, parameters, updaterState, 0, steps, false);
    }

    /**
     * Seconds of an averaging round of DL4J's own master, less its steps: ordinary passes over rows that are a data set
     * each, as its documentation has them, averaged every {@value #FREQUENCY} minibatches of {@value #BATCH}, all else at
     * its defaults but that it takes the rows directly.
     */
    public static double dl4j(JavaSparkContext spark, NetworkState network, int inputs, int outputs, int rounds) {
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(TASKS, 1)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(FREQUENCY)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .build();
        SparkDl4jMultiLayer trained =
                new SparkDl4jMultiLayer(spark, MultiLayerConfiguration.fromJson(network.configuration()), master);
        List<Integer> rows = IntStream.range(0, DL4J_ROUNDS * TASKS * FREQUENCY * BATCH)
                .boxed()
                .toList();
        int passes = Math.max(1, rounds / DL4J_ROUNDS);
        double pass = median(
                1,
                passes,
                () -> trained.fit(spark.parallelize(rows, TASKS).map(row -> examples(row, 1, inputs, outputs))));
        DataSet batch = examples(0, BATCH, inputs, outputs);
        double step = median(WARM_UP, rounds, () -> trained.getNetwork().fit(batch));
        return pass / DL4J_ROUNDS - FREQUENCY * step;
    }

    private static DataSet examples(int first, int count, int inputs, int outputs) {
        INDArray targets = Nd4j.zeros(count, outputs);
        for (int row = 0; row < count; row++) {
            targets.putScalar(row, (first + row) % outputs, 1);
        }
        return new DataSet(Nd4j.ones(count, inputs), targets);
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
