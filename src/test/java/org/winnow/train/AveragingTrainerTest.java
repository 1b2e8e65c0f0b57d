package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Noise;
import org.winnow.layer.GateLayer;
import org.winnow.model.GateStatistics;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.train.AveragingTrainer.Trained;

class AveragingTrainerTest {
    private static final int COLUMNS = 4;
    private static final Head HEAD = Head.classes(2);
    private static final NetworkOptions NETWORK = new NetworkOptions(List.of(8), NetworkOptions.Activation.TANH);

    private static TrainOptions options(int epochs, int averagingFrequency) {
        return new TrainOptions(epochs, 16, 0.01, 0, averagingFrequency, 5, 1);
    }

    /** Rows whose class is the sign of their first column. */
    private static Block block(int rows, int key) {
        float[] inputs = new float[rows * COLUMNS];
        Noise.of(key).normal(inputs, 0);
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = inputs[row * COLUMNS] > 0 ? 1 : 0;
        }
        return new Block(rows, COLUMNS, inputs, targets);
    }

    private static JavaRDD<Shard> shards(int partitions, int... rows) {
        List<Shard> shards = IntStream.range(0, rows.length)
                .mapToObj(i -> new Shard(i, block(rows[i], i), block(20, 100 + i)))
                .toList();
        return JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext())
                .parallelize(shards, partitions);
    }

    private static NetworkState start(TrainOptions options) {
        GateLayer gates = GateLayer.of(new Gaussian(0.5), COLUMNS, new long[0], new int[0], 0.05, Reduction.SUM);
        return Networks.build(Optional.of(gates), COLUMNS, HEAD, NETWORK, options);
    }

    private static Trained train(JavaRDD<Shard> shards, TrainOptions options) {
        return AveragingTrainer.fit(shards, start(options), HEAD, options, round -> {});
    }

    @Test
    void roundsLoseNothingOfASingleShard() {
        float[] oneRound = train(shards(1, 90), options(6, 1000)).network().parameters();
        float[] manyRounds = train(shards(1, 90), options(6, 4)).network().parameters();
        assertArrayEquals(oneRound, manyRounds);
    }

    @Test
    void theResultDoesNotDependOnHowShardsAreSpread() {
        TrainOptions options = options(5, 3);
        float[] together = train(shards(1, 90, 40, 71), options).network().parameters();
        float[] apart = train(shards(3, 90, 40, 71), options).network().parameters();
        assertArrayEquals(together, apart);
    }

    @Test
    void unevenShardsLearnAndEveryRoundIsHeardOf() {
        TrainOptions options = options(40, 5);
        List<Round> rounds = new ArrayList<>();
        Trained trained = AveragingTrainer.fit(shards(2, 200, 130), start(options), HEAD, options, rounds::add);
        assertEquals(rounds.get(0).of(), rounds.size());
        assertEquals(40, rounds.get(rounds.size() - 1).epoch());
        assertTrue(rounds.get(rounds.size() - 1).loss() < rounds.get(0).loss());
        assertEquals(40, trained.heldOut().rows());
        assertTrue(
                trained.heldOut().accuracy() > 0.9,
                () -> "accuracy " + trained.heldOut().accuracy());
        assertEquals(2, trained.gates().count());
        assertTrue(trained.gates().mean()[0] > trained.gates().mean()[1]);
    }

    @Test
    void theAverageIsWeightedByRows() {
        ShardResult many = result(3, 1, 10);
        ShardResult few = result(1, 5, 50);
        Average average = Average.of(List.of(many, few));
        assertArrayEquals(new float[] {2}, average.parameters());
        assertArrayEquals(new float[] {20}, average.updaterState());
    }

    private static ShardResult result(long samples, float parameter, float state) {
        return new ShardResult(
                samples, 0, new float[] {parameter}, new float[] {state}, GateStatistics.of(new double[0]), Score.NONE);
    }
}
