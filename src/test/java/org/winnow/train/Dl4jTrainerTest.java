package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.check.UserError;
import org.winnow.data.Shard;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.layer.GateLayer;
import org.winnow.model.NetworkState;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.TrainOptions.Averaged;
import org.winnow.train.TrainOptions.Master;

class Dl4jTrainerTest {
    private static TrainOptions options(int epochs, double learningRate, Averaged averaged) {
        return new TrainOptions(
                Master.DL4J,
                epochs,
                16,
                learningRate,
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                0,
                3,
                TrainOptions.Rounds.AUTO,
                averaged,
                Outer.NONE,
                0.7,
                0.9,
                10,
                0,
                "auto",
                CheckpointOptions.NONE,
                1);
    }

    private static Trained train(TrainOptions options, Round.Listener listener, int... rows) {
        List<Shard> shards = IntStream.range(0, rows.length)
                .mapToObj(i -> new Shard(i, Rows.block(rows[i], i), Rows.block(20, 100 + i)))
                .toList();
        JavaRDD<Shard> spread = JavaSparkContext.fromSparkContext(
                        SparkTest.session().sparkContext())
                .parallelize(shards, rows.length);
        GateLayer gates = GateLayer.of(new Gaussian(0.5), Rows.COLUMNS, new long[0], new int[0], 0.05, Reduction.SUM);
        NetworkState start = Networks.build(
                Optional.of(gates),
                Rows.COLUMNS,
                Rows.HEAD,
                new NetworkOptions(List.of(8), NetworkOptions.Activation.TANH),
                options);
        return AveragingTrainer.fit(spread, start, Rows.HEAD, options, new Run("dl4j", new Configuration(), listener));
    }

    @Test
    void itLearnsOnTheSameShardsAndEveryEpochIsHeardOf() {
        Set<Object> keptBefore = kept();
        for (Averaged averaged : Averaged.values()) {
            List<Round> rounds = new ArrayList<>();
            Trained trained = train(options(20, 0.03, averaged), rounds::add, 200, 130, 5);
            assertEquals(20, rounds.size());
            assertTrue(rounds.get(19).last());
            assertEquals(10, rounds.get(9).judgedAfter());
            assertEquals(60, rounds.get(9).heldOut().rows());
            assertTrue(Double.isFinite(trained.loss()));
            assertTrue(trained.heldOut().accuracy() > 0.85, () -> averaged + ": " + trained.heldOut());
            assertTrue(trained.gates().mean()[0] > trained.gates().mean()[1]);
            assertTrue(Double.isNaN(trained.gates().deviation(0)));
            assertTrue(trained.gatesOverRounds().deviation(0) > 0);
        }
        assertEquals(keptBefore, kept(), "data sets that stay in memory");
    }

    private static Set<Object> kept() {
        return Set.copyOf(new JavaSparkContext(SparkTest.session().sparkContext())
                .getPersistentRDDs()
                .keySet());
    }

    @Test
    void aLossThatIsNotFiniteStopsIt() {
        UserError error = assertThrows(
                UserError.class, () -> train(options(4, 3e38, Averaged.PARAMETERS_AND_UPDATER), round -> {}, 90));
        assertTrue(error.getMessage().contains("no longer finite; lower train.learning_rate"), error.getMessage());
    }
}
