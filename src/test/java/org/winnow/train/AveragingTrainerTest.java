package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.check.UserError;
import org.winnow.data.Shard;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.layer.GateLayer;
import org.winnow.model.NetworkState;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.TrainOptions.Averaged;

class AveragingTrainerTest {
    private static final NetworkOptions NETWORK = new NetworkOptions(List.of(8), NetworkOptions.Activation.TANH);

    private static TrainOptions options(int epochs, int averagingFrequency) {
        return TrainOptions.of(epochs, 16, 0.01, averagingFrequency, 1);
    }

    private static List<Shard> pieces(int... rows) {
        return IntStream.range(0, rows.length)
                .mapToObj(i -> new Shard(i, Rows.block(rows[i], i), Rows.block(20, 100 + i)))
                .toList();
    }

    private static Shards shards(int partitions, int... rows) {
        return Shards.onSpark(
                JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext())
                        .parallelize(pieces(rows), partitions));
    }

    private static NetworkState start(TrainOptions options) {
        GateLayer gates = GateLayer.of(new Gaussian(0.5), Rows.COLUMNS, new long[0], new int[0], 0.05, Reduction.SUM);
        return Networks.build(Optional.of(gates), Rows.COLUMNS, Rows.HEAD, NETWORK, options);
    }

    private static Run run(Round.Listener listener) {
        return new Run("test", new Configuration(), listener);
    }

    private static Trained train(Shards shards, TrainOptions options) {
        return AveragingTrainer.fit(shards, start(options), Rows.HEAD, options, run(round -> {}));
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
    void aThreadTakesTheSameRoundsAsSpark() {
        // More shards than a node of the tree of sums has children.
        int[] rows = IntStream.range(0, 35).map(i -> 20 + i % 7).toArray();
        TrainOptions options = options(3, 2);
        Trained onSpark = train(shards(rows.length, rows), options);
        Trained inThread = train(Shards.inThread(pieces(rows)), options);
        assertArrayEquals(onSpark.network().parameters(), inThread.network().parameters());
        assertEquals(onSpark.heldOut(), inThread.heldOut());
        assertEquals(onSpark.loss(), inThread.loss());
        assertArrayEquals(onSpark.gates().squares(), inThread.gates().squares());
    }

    @Test
    void legsEndInTheBitsOfATrainingAtOneGo() {
        TrainOptions options = options(6, 2);
        Shards shards = Shards.inThread(pieces(90, 71));
        Trained whole = train(shards, options);
        assertTrue(whole.paused().isEmpty());
        Trained first = AveragingTrainer.fit(
                shards, start(options), Rows.HEAD, options, run(round -> {}), new Leg(Optional.empty(), 0.4));
        Trained second = AveragingTrainer.fit(
                shards, start(options), Rows.HEAD, options, run(round -> {}), new Leg(first.paused(), 1));
        assertTrue(second.paused().isEmpty());
        assertArrayEquals(whole.network().parameters(), second.network().parameters());
    }

    @Test
    void unevenShardsLearnAndEveryRoundIsHeardOf() {
        TrainOptions options = options(40, 5);
        List<Round> rounds = new ArrayList<>();
        Trained trained =
                AveragingTrainer.fit(shards(2, 200, 130), start(options), Rows.HEAD, options, run(rounds::add));
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
    void aRunResumedAfterAnyRoundEndsInTheSameBits(@TempDir Path dir) throws IOException {
        TrainOptions plain = options(6, 3);
        float[] undisturbed = train(shards(2, 90, 71), plain).network().parameters();
        TrainOptions kept = with(plain, Outer.NONE, 0, new CheckpointOptions(dir.toString(), 1, 0, 2));
        for (int stop : new int[] {1, 7}) {
            assertThrows(
                    IllegalStateException.class,
                    () -> AveragingTrainer.fit(shards(2, 90, 71), start(kept), Rows.HEAD, kept, run(round -> {
                        if (round.number() == stop) {
                            throw new IllegalStateException("stopped");
                        }
                    })));
            List<Round> rounds = new ArrayList<>();
            Trained resumed = AveragingTrainer.fit(shards(2, 90, 71), start(kept), Rows.HEAD, kept, run(rounds::add));
            assertEquals(stop + 1, rounds.get(0).number());
            assertArrayEquals(undisturbed, resumed.network().parameters());
            try (Stream<Path> files = Files.list(dir)) {
                List<Path> all = files.filter(file -> file.toString().endsWith(".checkpoint"))
                        .toList();
                assertEquals(2, all.size());
                for (Path file : all) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void aFinishedRunIsNotTrainedAgainAndAnotherRunIsNotResumed(@TempDir Path dir) {
        TrainOptions kept = with(options(3, 3), Outer.NESTEROV, 0, new CheckpointOptions(dir.toString(), 1, 0, 2));
        Trained first = AveragingTrainer.fit(shards(2, 90, 71), start(kept), Rows.HEAD, kept, run(round -> {}));
        Trained again = AveragingTrainer.fit(
                shards(2, 90, 71), start(kept), Rows.HEAD, kept, run(round -> fail("round " + round.number())));
        assertArrayEquals(first.network().parameters(), again.network().parameters());
        assertArrayEquals(first.gates().mean(), again.gates().mean());
        List<Round> rounds = new ArrayList<>();
        AveragingTrainer.fit(
                shards(2, 90, 71), start(kept), Rows.HEAD, kept, new Run("other", new Configuration(), rounds::add));
        assertEquals(1, rounds.get(0).number());
    }

    @Test
    void aNamedCheckpointIsResumedByItsOwnNetworkAlone() {
        Run selecting = new Run("abc-selecting", new Configuration(), round -> {});
        assertFalse(selecting.isSiblingOf("abc-selecting-000000007.checkpoint"));
        assertTrue(selecting.isSiblingOf("abc-fine-tuning-000000007.checkpoint"));
        assertFalse(selecting.isSiblingOf("xyz-fine-tuning-000000007.checkpoint"));
    }

    @Test
    void manyShardsAreAddedUpInATreeOfFixedShape() {
        int[] rows = IntStream.range(0, 40).map(i -> 5 + i % 7).toArray();
        TrainOptions options = options(2, 2);
        float[] few = train(shards(40, rows), options).network().parameters();
        float[] again = train(shards(40, rows), options).network().parameters();
        assertArrayEquals(few, again);
    }

    @Test
    void trainingStopsWhenTheHeldOutMetricNoLongerImproves() {
        TrainOptions patient = with(options(60, 3), Outer.NONE, 3, CheckpointOptions.NONE);
        List<Round> rounds = new ArrayList<>();
        AveragingTrainer.fit(shards(2, 90, 71), start(patient), Rows.HEAD, patient, run(rounds::add));
        Round last = rounds.get(rounds.size() - 1);
        assertTrue(last.last());
        assertTrue(last.number() < last.of(), () -> "ran all " + last.of() + " rounds");
    }

    @Test
    void aLossThatIsNotFiniteStopsTrainingWithTheLastGoodStateKept(@TempDir Path dir) throws IOException {
        TrainOptions wild = new TrainOptions(
                TrainOptions.Master.WINNOW,
                4,
                16,
                3e38,
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                0,
                1,
                TrainOptions.Rounds.AUTO,
                Averaged.PARAMETERS_AND_UPDATER,
                Outer.NONE,
                0.7,
                0.9,
                10,
                0,
                "auto",
                new CheckpointOptions(dir.toString(), 1000, 0, 2),
                1);
        UserError error = assertThrows(UserError.class, () -> train(shards(1, 90), wild));
        assertTrue(error.getMessage().contains("no longer finite; lower train.learning_rate"), error.getMessage());
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(
                    1,
                    files.filter(file -> file.toString().endsWith(".checkpoint"))
                            .count());
        }
    }

    @Test
    void outerStepsAndParametersAloneLearnToo() {
        for (Averaged averaged : Averaged.values()) {
            TrainOptions base = options(40, 10);
            TrainOptions outer = new TrainOptions(
                    TrainOptions.Master.WINNOW,
                    40,
                    16,
                    0.01,
                    List.of("20:1", "40:0"),
                    0,
                    0,
                    List.of("1:0", "5:1"),
                    List.of(),
                    0,
                    10,
                    TrainOptions.Rounds.AUTO,
                    averaged,
                    Outer.NESTEROV,
                    0.7,
                    0.5,
                    10,
                    0,
                    "never",
                    base.checkpoint(),
                    1);
            Trained trained = train(shards(2, 200, 130), outer);
            assertTrue(trained.heldOut().accuracy() > 0.9, () -> averaged + ": " + trained.heldOut());
        }
    }

    @Test
    void noiseOnInputsIsForTrainingAloneAndTheSameInEveryRun() {
        TrainOptions noisy = OptionsOf.inputNoise(options(3, 10), 0.5);
        Trained trained = train(shards(2, 200, 130), noisy);
        float[] parameters = trained.network().parameters();
        assertArrayEquals(
                parameters, train(shards(2, 200, 130), noisy).network().parameters());
        assertFalse(Arrays.equals(
                parameters, train(shards(2, 200, 130), options(3, 10)).network().parameters()));
        assertEquals(
                trained.heldOut(),
                AveragingTrainer.untrained(shards(2, 200, 130), trained.network(), Rows.HEAD)
                        .heldOut());
    }

    private static TrainOptions with(TrainOptions base, Outer outer, int patience, CheckpointOptions checkpoint) {
        return new TrainOptions(
                TrainOptions.Master.WINNOW,
                base.epochs(),
                base.batchSize(),
                base.learningRate(),
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                0,
                base.averagingFrequency(),
                base.rounds(),
                base.average(),
                outer,
                0.7,
                0.9,
                2,
                patience,
                "auto",
                checkpoint,
                1);
    }
}
