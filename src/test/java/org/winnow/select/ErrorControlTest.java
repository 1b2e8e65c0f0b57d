package org.winnow.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.winnow.check.UserError;
import org.winnow.data.Block;
import org.winnow.data.Encoder;
import org.winnow.data.Feature;
import org.winnow.data.Scaling;
import org.winnow.data.Schema;
import org.winnow.data.Shard;
import org.winnow.data.Task;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Noise;
import org.winnow.model.FeatureResult;
import org.winnow.model.GateResult;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Leg;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Shards;
import org.winnow.train.TrainOptions;
import org.winnow.train.TrainingData;

/** What {@code select.fdr} keeps, whatever gates come to. */
class ErrorControlTest {
    private static final int FEATURES = 12;
    private static final double EFFECT = 0.6;

    @Test
    void keepsWhatTheTestsSayAndRanksByThem() {
        FeatureSelection selection = selection(EFFECT, Map.of(), 0.1);
        List<GateResult> gates = gates(selection, 0.1);
        assertEquals(List.of(0, 1), selection.keptFeatures(gates));
        for (GateResult gate : gates) {
            assertEquals(gate.qValue() <= 0.1, gate.selected());
            assertTrue(gate.pValue() <= gate.qValue());
        }
        List<FeatureResult> features = selection.features(gates);
        for (int i = 1; i < FEATURES; i++) {
            assertTrue(features.get(i - 1).pValue() <= features.get(i).pValue());
        }
        assertEquals(
                gates.get(0).pValue(), features.get(gates.get(0).rank() - 1).pValue());
    }

    @Test
    void anotherShareIsDecidedOnTheSameTests() {
        FeatureSelection selection = selection(EFFECT, Map.of(), 0.1);
        List<GateResult> gates = gates(selection, 0.1);
        int surer = gates.get(0).qValue() < gates.get(1).qValue() ? 0 : 1;
        double least = gates.get(surer).qValue();
        assertEquals(List.of(surer), selection.keptFeatures(FeatureSelection.decide(gates, "one", select(least))));
        assertEquals(List.of(), selection.keptFeatures(FeatureSelection.decide(gates, "none", select(least / 2))));
    }

    @Test
    void withoutAShareNothingIsTested() {
        List<GateResult> gates = gates(selection(EFFECT, Map.of(), 0), 0);
        assertTrue(gates.stream().allMatch(gate -> Double.isNaN(gate.pValue()) && Double.isNaN(gate.qValue())));
    }

    @Test
    void groupsAreTestedTogether() {
        List<String> pair = List.of("x0", "x2");
        List<String> others = IntStream.range(0, FEATURES)
                .mapToObj(i -> "x" + i)
                .filter(name -> !pair.contains(name))
                .toList();
        FeatureSelection selection = selection(EFFECT, Map.of("pair", pair, "others", others), 0.1);
        List<GateResult> gates = gates(selection, 0.1);
        assertEquals(2, gates.size());
        assertTrue(gates.stream().allMatch(GateResult::selected), "each has one that matters");
    }

    @Test
    void nothingToFindIsSaid() {
        UserError error = assertThrows(
                UserError.class,
                () -> FeatureSelection.fit(
                        data(0), options(Map.of(), 0.01), Map.of(), FeatureSelection.Listener.SILENT));
        assertTrue(
                error.getMessage().startsWith("no feature has a q-value of at most select.fdr 0.01, the least is "),
                error.getMessage());
    }

    private static List<GateResult> gates(FeatureSelection selection, double fdr) {
        Trained gated = selection.trainGates("test", Optional.empty(), Leg.WHOLE, (round, values) -> {});
        return selection.gates("test", gated, select(fdr));
    }

    private static FeatureSelection selection(double effect, Map<String, List<String>> groups, double fdr) {
        return new FeatureSelection(data(effect), options(groups, fdr), FeatureSelection.Listener.SILENT);
    }

    private static FeatureSelection.Options options(Map<String, List<String>> groups, double fdr) {
        return new FeatureSelection.Options(
                new GateOptions(GateOptions.Distribution.GAUSSIAN, 0.01, 0.5, 0.5, -0.1, 1.1, groups, Reduction.SUM),
                new NetworkOptions(List.of(), NetworkOptions.Activation.RELU),
                TrainOptions.of(1, 32, 0.02, 10, 1),
                select(fdr));
    }

    private static SelectOptions select(double fdr) {
        return new SelectOptions(SelectOptions.By.GATES, 0.5, 0, fdr, false, 0, 0.001);
    }

    private static TrainingData data(double effect) {
        List<Feature> features = IntStream.range(0, FEATURES)
                .mapToObj(i -> new Feature("x" + i, Feature.Kind.NUMERIC, List.of()))
                .toList();
        Encoder encoder = new Encoder(
                new Schema(features, "y", Task.REGRESSION, List.of()),
                features.stream().map(feature -> Scaling.NONE).toList(),
                Scaling.NONE);
        Shards shards = Shards.inThread(List.of(shard(0, effect), shard(1, effect)));
        return new TrainingData(encoder, shards, 400, 400, List.of(), Double.NaN, "fingerprint");
    }

    /** Rows whose target is the sum of the first two features, and noise. */
    private static Shard shard(int index, double effect) {
        int rows = 200;
        Noise noise = Noise.of(21).child(index);
        float[] inputs = new float[rows * FEATURES];
        noise.child(0).normal(inputs, 0);
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = (float) (effect * (inputs[row * FEATURES] + inputs[row * FEATURES + 1])
                    + noise.child(1).normal(row));
        }
        Block block = new Block(rows, FEATURES, inputs, targets);
        return new Shard(index, block, block);
    }
}
