package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Sparsity;
import org.winnow.sparsifier.Variational;

class NamedLayersTest {
    private static final Linear LINEAR = new Linear(3, 2);

    private final NamedLayers dense = network(LINEAR, new Dense());
    private final NamedLayers masked = network(LINEAR, new FixedMask());

    @Test
    void denseStateGoesIntoMaskedLayersUnlessStrict() {
        Loaded loaded = masked.load(dense.state(), false);
        assertEquals(List.of("net.0.weight", "net.0.bias"), loaded.loaded());
        assertEquals(List.of("net.0.mask"), loaded.missing());
        assertEquals(array(dense, "weight"), array(masked, "weight"));
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> masked.load(dense.state(), true));
        assertEquals(
                "state must be of the names of the layers, got missing [net.0.mask], unexpected []",
                error.getMessage());
    }

    @Test
    void maskedStateGoesIntoDenseLayersUnlessItHasAMaskAndIsStrict() {
        assertEquals(List.of(), dense.load(masked.state(), true).unexpected());
        FixedMask.set(array(masked, "mask"), Nd4j.ones(DataType.DOUBLE, 1));
        assertEquals(List.of("net.0.mask"), dense.load(masked.state(), false).unexpected());
        assertThrows(IllegalArgumentException.class, () -> dense.load(masked.state(), true));
    }

    @Test
    void aStateWithoutMaskClearsIt() {
        NamedLayers without = network(LINEAR, new FixedMask());
        masked.load(without.state(), true);
        assertFalse(FixedMask.isSet(array(masked, "mask")));
        FixedMask.set(array(masked, "mask"), Nd4j.ones(DataType.DOUBLE, 1));
        masked.load(without.state(), true);
        assertFalse(FixedMask.isSet(array(masked, "mask")));
    }

    @Test
    void aStateThatDoesNotMentionTheMaskLeavesIt() {
        FixedMask.set(array(masked, "mask"), Nd4j.ones(DataType.DOUBLE, 2, 1));
        masked.load(dense.state(), false);
        assertEquals(6, array(masked, "mask").sumNumber().intValue());
    }

    @Test
    void masksOfAStateStretch() {
        for (long[] shape : new long[][] {{1}, {1, 1}, {2, 1}, {1, 3}, {2, 3}}) {
            INDArray mask = Nd4j.rand(DataType.DOUBLE, shape);
            masked.load(dense.state().with(new State(Map.of("net.0.mask", mask))), true);
            assertEquals(array(masked, "weight").mul(0).add(mask), array(masked, "mask"));
        }
    }

    @Test
    void nothingIsCopiedIfAnythingDoesNotFit() {
        INDArray before = array(dense, "weight").dup();
        State wrong = new State(new LinkedHashMap<>(
                Map.of("net.0.weight", before.add(1), "net.0.bias", Nd4j.ones(DataType.DOUBLE, 3))));
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> dense.load(wrong, false));
        assertEquals("net.0.bias must be of shape [2], got [3]", error.getMessage());
        assertEquals(before, array(dense, "weight"));
    }

    @Test
    void binarizedZerosHaveNoSign() {
        State weights = new State(Map.of("a.weight", Nd4j.createFromArray(-1.0, 2, -3, 0)));
        State masks = new State(Map.of("a.weight", Nd4j.createFromArray(0.0, 0.5, -2, 1)));
        Binarized binarized = Binarized.of(weights, masks);
        double[] values =
                Elements.read(Objects.requireNonNull(binarized.state().arrays().get("a.weight")));
        assertEquals(
                List.of(0.0, 1.0, 6.0, 0.0),
                java.util.Arrays.stream(values).boxed().toList());
        assertEquals(
                Nd4j.createFromArray(0.0, 1, 1, 1), binarized.masks().arrays().get("a.weight"));
        assertTrue(binarized.masked().arrays().containsKey("a.mask"));
        assertThrows(
                IllegalArgumentException.class, () -> Binarized.of(weights, new State(Map.of("b.weight", values(1)))));
    }

    @Test
    void binarizingMultipliesComplexWeightsAndBiasesInBothParts() {
        State weights = new State(
                Map.of("a.weight", Nd4j.ones(DataType.DOUBLE, 2, 2, 3), "a.bias", Nd4j.ones(DataType.DOUBLE, 4)));
        INDArray mask = Nd4j.createFromArray(new double[][] {{0, 1, 1}, {1, 1, 0}});
        State binarized = Binarized.of(weights, new State(Map.of("a.weight", mask, "a.bias", values(0, 1))))
                .state();
        assertEquals(8, sum(binarized, "a.weight"));
        assertEquals(values(0, 1, 0, 1), binarized.arrays().get("a.bias"));
    }

    @Test
    void countsZerosByNameAndInTotal() {
        NamedLayers complex = network(new ComplexOperator(LINEAR), new Dense());
        State kept = new State(Map.of("net.0.weight", Nd4j.createFromArray(new double[][] {{0, 1, 1}, {0, 0, 0.5}})));
        Map<String, Sparsity> named = complex.sparsity(kept);
        assertEquals(new Sparsity(7, 12), named.get("net.0.weight"));
        assertEquals(new Sparsity(0, 4), named.get("net.0.bias"));
        assertEquals(7.0 / 16, Sparsity.total(named.values()).share());
    }

    @Test
    void penaltiesHaveNames() {
        Map<String, NamedLayers.Layer> layers = new LinkedHashMap<>();
        layers.put("first", layer(LINEAR, new Variational()));
        layers.put("second", layer(LINEAR, new Dense()));
        layers.put("third", layer(LINEAR, GatedWeights.hardConcrete(0.5, new MaskOptions())));
        NamedLayers network = new NamedLayers(layers);
        Map<String, Double> sums = network.penalties(Reduction.SUM, 0);
        assertEquals(List.of("first", "third"), List.copyOf(sums.keySet()));
        assertEquals(
                Objects.requireNonNull(sums.get("first")) / 6,
                Objects.requireNonNull(network.penalties(Reduction.MEAN, 0).get("first")),
                1e-12);
        assertEquals(Objects.requireNonNull(sums.get("third")), sum(network.penaltyElements(0), "third.weight"), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> network.penalties(Reduction.NONE, 0));
        assertNotEquals(Map.of(), network.gateValues().arrays());
        assertEquals(Params.none(), network.gateValues().layer("first"));
    }

    private static NamedLayers network(Operator op, Sparsifier sparsifier) {
        return new NamedLayers(Map.of("net.0", layer(op, sparsifier)));
    }

    private static NamedLayers.Layer layer(Operator op, Sparsifier sparsifier) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (ParamSpec spec : sparsifier.params(op, true)) {
            INDArray array = Nd4j.create(DataType.DOUBLE, spec.shape());
            spec.initialize(array, Noise.of(sparsifier.hashCode()));
            arrays.put(spec.name(), array);
        }
        return new NamedLayers.Layer(op, sparsifier, new Params(arrays));
    }

    private static INDArray array(NamedLayers network, String name) {
        return network.state().layer("net.0").get(name);
    }

    private static INDArray values(double... values) {
        return Elements.write(values, DataType.DOUBLE, values.length);
    }

    private static double sum(State state, String name) {
        return Objects.requireNonNull(state.arrays().get(name)).sumNumber().doubleValue();
    }
}
