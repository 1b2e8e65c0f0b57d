package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Elements;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Ablation;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Masking;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Sparsity;
import org.winnow.sparsifier.Variational;

class MasksTest {
    private static final LayerChoice DENSE = LayerChoice.matching("fc.|conv.|left|right");

    private final INDArray x = StockNetworks.normal(1, StockNetworks.ROWS, 3);

    /** A perceptron with gates on its hidden layers that differ from one another. */
    private static MultiLayerNetwork gated(Sparsifier sparsifier) {
        MultiLayerNetwork network = new Conversion(DENSE, sparsifier, 0.1)
                .convert(StockNetworks.perceptron())
                .network();
        NetworkLayers.of(network).state().arrays().forEach((name, array) -> {
            if (name.toLowerCase(Locale.ROOT).endsWith("gate") || name.endsWith("logSigma2")) {
                array.assign(
                        StockNetworks.normal(name.hashCode(), array.shape()).mul(2));
            }
        });
        return network;
    }

    private static GatedWeights hard(MaskOptions options) {
        return GatedWeights.hardConcrete(0.5, options);
    }

    @Test
    void aMaskedNetworkAnswersAsTheGatesDecided() {
        for (Sparsifier sparsifier : List.of(
                hard(new MaskOptions()),
                hard(new MaskOptions(Unit.NEURON, true)),
                GatedWeights.l0(new MaskOptions()))) {
            MultiLayerNetwork network = gated(sparsifier);
            NamedLayers layers = NetworkLayers.of(network);
            State gates = layers.gateValues();
            State decided =
                    sparsifier instanceof GatedWeights weights && weights.atInference() == GatedWeights.AtInference.GATE
                            ? gates
                            : layers.relevance(Masking.HALF);
            Rewritten<MultiLayerNetwork> masked = Masks.deploy(network, decided);
            same(network.output(x), masked.network().output(x));
            assertEquals(List.of(), masked.loaded().missing());
            assertTrue(masked.loaded().unexpected().contains("fc1.gate"));

            NamedLayers after = NetworkLayers.of(masked.network());
            assertEquals(
                    Sparsity.total(layers.sparsity(layers.relevance(
                                    sparsifier instanceof GatedWeights g
                                                    && g.atInference() == GatedWeights.AtInference.GATE
                                            ? 0
                                            : Masking.HALF))
                            .values()),
                    Sparsity.total(after.sparsity(after.relevance(0)).values()));
            after.state().arrays().forEach((name, array) -> {
                for (double value : Elements.read(array)) {
                    assertTrue(!name.endsWith("ask") || value == 0 || value == 1, name);
                    assertFalse(value == 0 && 1 / value < 0, "negative zero in " + name);
                }
            });
        }
    }

    @Test
    void whatAMaskDropsStaysDroppedUntilTheMaskIsRemoved() {
        MultiLayerNetwork network = gated(new Variational());
        MultiLayerNetwork masked =
                Masks.deploy(network, NetworkLayers.of(network).relevance(1)).network();
        double[] mask = arrays(masked, "fc1.mask");
        DataSet data = new DataSet(x, StockNetworks.labels());
        masked.fit(data);
        double[] tuned = arrays(masked, "fc1.weight");
        assertArrayEquals(mask, arrays(masked, "fc1.mask"));
        assertTrue(count(mask, 0) > 0 && count(tuned, 0) == count(mask, 0));

        Rewritten<MultiLayerNetwork> dense = Masks.remove(masked);
        same(masked.output(x), dense.network().output(x));
        assertEquals(Set.of("fc1.mask", "fc2.mask"), Set.copyOf(dense.loaded().unexpected()));
        dense.network().fit(data);
        dense.network().fit(data);
        assertEquals(0, count(arrays(dense.network(), "fc1.weight"), 0));
    }

    @Test
    void aMaskedLayerWithoutItsMaskRefuses() {
        MultiLayerNetwork network = gated(new Variational());
        MultiLayerNetwork masked =
                Masks.replace(network, layer -> new FixedMask()).network();
        String message = String.valueOf(assertThrows(IllegalStateException.class, () -> masked.output(x))
                .getMessage());
        assertTrue(message.contains("no mask"), message);
        NamedLayers layers = NetworkLayers.of(masked);
        State ones = new State(Map.of(
                "fc1.mask",
                StockNetworks.normal(1, 1).assign(1),
                "fc2.mask",
                StockNetworks.normal(1, 1, 1).assign(1)));
        layers.load(ones, false);
        same(network.output(x), masked.output(x));
    }

    @Test
    void graphsAreMaskedToo() {
        ComputationGraph graph = new Conversion(DENSE, hard(new MaskOptions()), 0.1)
                .convert(StockNetworks.graph())
                .network();
        NetworkLayers.of(graph).state().arrays().forEach((name, array) -> {
            if (name.endsWith("gate")) {
                array.assign(StockNetworks.normal(name.hashCode(), array.shape()));
            }
        });
        ComputationGraph masked = Masks.deploy(graph, NetworkLayers.of(graph).relevance(Masking.HALF))
                .network();
        same(graph.outputSingle(x), masked.outputSingle(x));
        same(masked.outputSingle(x), Masks.remove(masked).network().outputSingle(x));
    }

    @Test
    void stateIsCarriedByNameStrictlyOrNot() {
        MultiLayerNetwork dense = StockNetworks.perceptron();
        NamedLayers sparse = NetworkLayers.of(gated(new Variational()));
        State state = NetworkLayers.of(dense).state();
        Loaded loaded = sparse.load(state, false);
        assertEquals(List.of("fc1.logSigma2", "fc2.logSigma2"), loaded.missing());
        assertEquals(List.of(), loaded.unexpected());
        assertTrue(loaded.loaded().contains("norm.gamma"));
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> sparse.load(state, true))
                .getMessage());
        assertTrue(message.contains("missing [fc1.logSigma2, fc2.logSigma2], unexpected []"), message);
    }

    @Test
    void penaltiesOfAllLayersAreThatOfTheNetwork() {
        MultiLayerNetwork network = gated(new Variational());
        NamedLayers layers = NetworkLayers.of(network);
        Map<String, Double> sums = layers.penalties(Reduction.SUM, 0);
        assertEquals(Set.of("fc1", "fc2"), sums.keySet());
        double sum = sums.values().stream().mapToDouble(Double::doubleValue).sum();
        assertEquals(0.1 * sum, network.calcRegularizationScore(true), 1e-12);
        double mean = layers.penalties(Reduction.MEAN, 0).getOrDefault("fc1", 0.0);
        assertEquals(sums.getOrDefault("fc1", 1.0) / 15, mean, 1e-12);
    }

    @Test
    void gateStatisticsAreOfEveryGate() {
        NamedLayers layers = NetworkLayers.of(gated(GatedWeights.l0(new MaskOptions())));
        assertArrayEquals(
                Elements.read(layers.gateValues().get("fc1.weight")),
                Objects.requireNonNull(layers.gateStatistics().get("fc1.weight"))
                        .mean());
    }

    @Test
    void ablationsAreOtherSparsifiersOfTheSameArrays() {
        MultiLayerNetwork network = gated(hard(new MaskOptions()));
        INDArray without = ablated(network, Ablation.Kind.ZERO, 0).output(x);
        INDArray sampled = ablated(network, Ablation.Kind.RANDOMLY_SAMPLED, 0).output(x);
        assertFalse(without.equals(network.output(x)));
        same(sampled, ablated(network, Ablation.Kind.RANDOMLY_SAMPLED, 0).output(x));
        assertFalse(sampled.equals(
                ablated(network, Ablation.Kind.RANDOMLY_SAMPLED, 1).output(x)));
    }

    private static MultiLayerNetwork ablated(MultiLayerNetwork network, Ablation.Kind kind, long draw) {
        return Masks.replace(network, layer -> ablated(new Ablation(kind, draw)))
                .network();
    }

    private static Sparsifier ablated(Ablation ablation) {
        return hard(new MaskOptions().withAblation(ablation));
    }

    private static double[] arrays(MultiLayerNetwork network, String name) {
        return Elements.read(NetworkLayers.of(network).state().get(name));
    }

    private static long count(double[] values, double wanted) {
        return Arrays.stream(values).filter(value -> value == wanted).count();
    }

    private static void same(INDArray want, INDArray got) {
        assertArrayEquals(Elements.read(want), Elements.read(got), 1e-12);
    }
}
