package org.winnow.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.winnow.data.Block;
import org.winnow.data.Encoder;
import org.winnow.data.Feature;
import org.winnow.data.InputMoments;
import org.winnow.data.Scaling;
import org.winnow.data.Schema;
import org.winnow.data.Shard;
import org.winnow.data.Task;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Noise;
import org.winnow.model.GateResult;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Leg;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Shards;
import org.winnow.train.TrainOptions;
import org.winnow.train.TrainingData;

class KnockoffsTest {
    private static final int FEATURES = 30;
    private static final int RELEVANT = 12;
    private static final double FDR = 0.2;

    /** Rows of an autoregressive sequence of inputs, of which the relevant ones add up to the target. */
    private static Shard shard(int index, int rows, double correlation, Noise key) {
        Noise noise = key.child(index);
        float[] inputs = new float[rows * FEATURES];
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            double last = 0;
            double sum = 0;
            for (int f = 0; f < FEATURES; f++) {
                double fresh = noise.normal((long) row * FEATURES + f);
                last = f == 0 ? fresh : correlation * last + Math.sqrt(1 - correlation * correlation) * fresh;
                inputs[row * FEATURES + f] = (float) last;
                sum += relevant(f) ? (f % 4 == 0 ? last : -last) : 0;
            }
            targets[row] = (float) ((sum + noise.child(9).normal(row)) / Math.sqrt(RELEVANT));
        }
        Block block = new Block(rows, FEATURES, inputs, targets);
        return new Shard(index, block, block.keep(IntStream.range(0, FEATURES).toArray()));
    }

    private static boolean relevant(int feature) {
        return feature % 5 < 2 && feature / 5 < RELEVANT / 2;
    }

    @Test
    void knockoffsHaveTheCovarianceOfTheirInputsAndAsLittleAsPossibleWithThem() {
        Shard shard = shard(0, 20_000, 0.6, Noise.of(3));
        InputMoments own = InputMoments.of(shard.train());
        Block both = Knockoffs.of(own).beside(shard, 1).train();
        InputMoments moments = InputMoments.of(both);
        for (int i = 0; i < FEATURES; i++) {
            assertEquals(own.mean()[i], moments.mean()[FEATURES + i], 0.05);
            for (int j = 0; j < FEATURES; j++) {
                assertEquals(own.covariance(i, j), moments.covariance(FEATURES + i, FEATURES + j), 0.05);
                if (i != j) {
                    assertEquals(own.covariance(i, j), moments.covariance(i, FEATURES + j), 0.05);
                }
            }
            assertTrue(moments.covariance(i, FEATURES + i) < 0.8);
        }
    }

    @Test
    void independentInputsHaveIndependentKnockoffs() {
        double[][] identity = new double[4][4];
        IntStream.range(0, 4).forEach(i -> identity[i][i] = 1);
        assertArrayEquals(new double[] {1, 1, 1, 1}, Knockoffs.apart(identity), 1e-4);
    }

    @Test
    void theFilterIsThatOfItsDefinition() {
        double[] leads = {5, 4, 3, 2.5, 2, -1, 1, 0.5, -0.7};
        // At 2 nobody is behind by as much: (0 + 1) / 5. At 1 one is: (1 + 1) / 6.
        assertArrayEquals(
                new boolean[] {true, true, true, true, true, false, false, false, false}, Knockoffs.filter(leads, 0.2));
        assertArrayEquals(
                new boolean[] {true, true, true, true, true, false, true, false, false}, Knockoffs.filter(leads, 0.34));
        assertArrayEquals(new boolean[leads.length], Knockoffs.filter(leads, 0.1));
    }

    @Test
    void momentsOfPartsAreThoseOfTheWhole() {
        Block whole = shard(0, 50, 0.5, Noise.of(1)).train();
        InputMoments merged = InputMoments.of(part(whole, 0, 20)).merge(InputMoments.of(part(whole, 20, 50)));
        InputMoments all = InputMoments.of(whole);
        assertEquals(50, merged.count());
        assertArrayEquals(all.mean(), merged.mean(), 1e-12);
        assertArrayEquals(all.products()[3], merged.products()[3], 1e-9);
    }

    private static Block part(Block block, int from, int to) {
        return new Block(
                to - from,
                block.columns(),
                Arrays.copyOfRange(block.inputs(), from * block.columns(), to * block.columns()),
                Arrays.copyOfRange(block.targets(), from, to));
    }

    @Test
    void overFiftyRepeatsTheShareOfFalseFeaturesIsAtMostTheTarget() {
        double falseShare = 0;
        double found = 0;
        int repeats = 50;
        for (int repeat = 0; repeat < repeats; repeat++) {
            boolean[] kept = select(repeat);
            int wrong = 0;
            int right = 0;
            for (int f = 0; f < FEATURES; f++) {
                right += kept[f] && relevant(f) ? 1 : 0;
                wrong += kept[f] && !relevant(f) ? 1 : 0;
            }
            falseShare += (double) wrong / Math.max(1, wrong + right) / repeats;
            found += (double) right / RELEVANT / repeats;
        }
        assertTrue(falseShare <= FDR, "realised false discovery rate " + falseShare);
        assertTrue(found > 0.5, "found only " + found + " of what matters");
    }

    private static boolean[] select(int repeat) {
        Noise key = Noise.of(5).child(repeat);
        List<Feature> features = IntStream.range(0, FEATURES)
                .mapToObj(i -> new Feature("x" + i, Feature.Kind.NUMERIC, List.of()))
                .toList();
        Encoder encoder = new Encoder(
                new Schema(features, "y", Task.REGRESSION, List.of()),
                features.stream().map(feature -> Scaling.NONE).toList(),
                Scaling.NONE);
        Shards shards = Shards.inThread(List.of(shard(0, 200, 0.3, key), shard(1, 200, 0.3, key)));
        TrainingData data = new TrainingData(encoder, shards, 400, 400, List.of(), "fingerprint");
        FeatureSelection.Options options = new FeatureSelection.Options(
                new GateOptions(GateOptions.Distribution.GAUSSIAN, 0.01, 0.5, 0.5, -0.1, 1.1, Map.of(), Reduction.SUM),
                new NetworkOptions(List.of(), NetworkOptions.Activation.RELU),
                TrainOptions.of(20, 32, 0.02, 10, 100 + repeat),
                new SelectOptions(0.5, 0, FDR, 0, 0.001));
        FeatureSelection selection = new FeatureSelection(data, options, (phase, round, open) -> {});
        Trained gated = selection.trainGates("test", Optional.empty(), Leg.WHOLE, (round, values) -> {});
        boolean[] kept = new boolean[FEATURES];
        for (GateResult gate : selection.gates("test", gated, options.select())) {
            kept[gate.gate()] = gate.selected();
        }
        return kept;
    }
}
