package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.winnow.kernel.Elements;
import org.winnow.layer.SparseLayer;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Variational;

class ConversionTest {
    private static final double TOLERANCE = 1e-12;
    private static final LayerChoice ALL = LayerChoice.matching(".*");

    static List<MultiLayerNetwork> networks() {
        return List.of(
                StockNetworks.perceptron(), StockNetworks.sequences(), StockNetworks.images(), StockNetworks.volumes());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aSparseCopyAnswersAndLearnsAlike(MultiLayerNetwork dense) {
        Converted<MultiLayerNetwork> converted = new Conversion(ALL, new Lasso(), 0).convert(dense);
        assertTrue(converted.matched().contains("out"));
        assertEquals(List.of(), converted.loaded().missing());
        assertEquals(List.of(), converted.loaded().unexpected());
        INDArray x = StockNetworks.inputs(dense);
        same(dense.output(x), converted.network().output(x));

        DataSet data = new DataSet(x, StockNetworks.labels());
        assertEquals(dense.score(data, true), converted.network().score(data, true), TOLERANCE);
        dense.fit(data);
        converted.network().fit(data);
        State learned = NetworkLayers.of(dense).state();
        NetworkLayers.of(converted.network())
                .state()
                .arrays()
                .forEach((name, array) ->
                        assertArrayEquals(Elements.read(learned.get(name)), Elements.read(array), 1e-6, name));
    }

    @Test
    void aGraphIsConvertedWithItsEdges() {
        ComputationGraph dense = StockNetworks.graph();
        Converted<ComputationGraph> converted = new Conversion(ALL, new Lasso(), 0).convert(dense);
        assertEquals(List.of("fc1", "left", "right", "out"), converted.matched());
        INDArray x = StockNetworks.normal(1, StockNetworks.ROWS, 3);
        same(dense.outputSingle(x), converted.network().outputSingle(x));
        assertEquals(List.of("out.loss"), converted.network().getConfiguration().getNetworkOutputs());
        converted.network().fit(new DataSet(x, StockNetworks.labels()));
    }

    @Test
    void layersAreChosenByNamePatternOrType() {
        MultiLayerNetwork dense = StockNetworks.perceptron();
        assertEquals(List.of("fc2"), matched(LayerChoice.named("fc2"), dense));
        assertEquals(List.of("fc1", "fc2"), matched(LayerChoice.matching("fc\\d"), dense));
        assertEquals(List.of("fc1", "fc2"), matched(LayerChoice.ofType(DenseLayer.class), dense));
        Converted<MultiLayerNetwork> converted =
                new Conversion(LayerChoice.ofType(DenseLayer.class), new Variational(), 0.1).convert(dense);
        assertEquals(List.of("norm", "out"), converted.unmatched());
        assertEquals(
                List.of("fc1.logSigma2", "fc2.logSigma2"), converted.loaded().missing());
    }

    private static List<String> matched(LayerChoice choice, MultiLayerNetwork network) {
        return new Conversion(choice, new Lasso(), 0).convert(network).matched();
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        MultiLayerNetwork dense = StockNetworks.perceptron();
        refused("layer must be one of [fc1, norm, fc2, out], got fc9", LayerChoice.named("fc1", "fc9"), dense);
        refused("layer norm must be a SparseLayer, ", LayerChoice.named("norm"), dense);
        refused(
                "layers of names like conv.* must be at least one of [fc1, norm, fc2, out], got none",
                LayerChoice.matching("conv.*"),
                dense);
        refused("layers of type ConvolutionLayer must be", LayerChoice.ofType(ConvolutionLayer.class), dense);
        refused("layers of type LSTM must be", LayerChoice.ofType(LSTM.class), dense);
        assertThrows(IllegalArgumentException.class, () -> new Conversion(ALL, new Lasso(), -1));
    }

    private static void refused(String message, LayerChoice choice, MultiLayerNetwork network) {
        String got = String.valueOf(assertThrows(IllegalArgumentException.class, () -> matched(choice, network))
                .getMessage());
        assertTrue(got.startsWith(message), got);
    }

    @Test
    void aFrozenBaseStaysWhileGatesLearn() {
        MultiLayerNetwork dense = StockNetworks.images();
        Conversion conversion = new Conversion(
                LayerChoice.matching("conv.|fc"), op -> GatedWeights.hardConcrete(0.9, new MaskOptions()), 0.01, true);
        MultiLayerNetwork sparse = conversion.convert(dense).network();
        INDArray x = StockNetworks.inputs(dense);
        sparse.fit(new DataSet(x, StockNetworks.labels()));
        State old = NetworkLayers.of(dense).state();
        NetworkLayers.of(sparse).state().arrays().forEach((name, array) -> {
            if (name.startsWith("out.")) {
                assertFalse(old.get(name).equals(array), name);
            } else if (old.arrays().containsKey(name)) {
                assertArrayEquals(Elements.read(old.get(name)), Elements.read(array), name);
            } else {
                double initial = GatedWeights.logit(0.9);
                assertNotEquals(initial, array.meanNumber().doubleValue(), name);
            }
        });
    }

    /** As the references' own tests require of layers that wrap finished ones. */
    @Test
    void openGatesDoNotChangeAnswersAndClosedOnesDo() {
        MultiLayerNetwork dense = StockNetworks.sequences();
        INDArray x = StockNetworks.inputs(dense);
        MultiLayerNetwork open = gated(dense, 0.8, new MaskOptions());
        same(dense.output(x), open.output(x));
        assertFalse(dense.output(x).equals(open.output(x, true)));
        MultiLayerNetwork closed = gated(dense, 0.1, new MaskOptions());
        assertFalse(dense.output(x).equals(closed.output(x)));
        same(
                dense.output(x),
                gated(dense, 0.1, new MaskOptions().withEnabled(false)).output(x));
    }

    private static MultiLayerNetwork gated(MultiLayerNetwork dense, double fraction, MaskOptions options) {
        return new Conversion(ALL, GatedWeights.hardConcrete(fraction, options), 0.1)
                .convert(dense)
                .network();
    }

    @Test
    void sparseLayersAreConvertedToo() {
        MultiLayerNetwork sparse = new Conversion(ALL, new Lasso(), 0.1)
                .convert(StockNetworks.perceptron())
                .network();
        Converted<MultiLayerNetwork> other =
                new Conversion(LayerChoice.ofType(SparseLayer.class), new Variational(), 0.2).convert(sparse);
        assertEquals(List.of("fc1", "fc2", "out"), other.matched());
        INDArray x = StockNetworks.inputs(sparse);
        same(sparse.output(x), other.network().output(x));
        Layer layer = other.network().getLayer(0).conf().getLayer();
        assertEquals(
                new Variational(), assertInstanceOf(SparseLayer.class, layer).sparsifier());
    }

    @Test
    void countsOfIterationsAndEpochsAreKept() {
        ComputationGraph graph = StockNetworks.graph();
        MultiLayerNetwork network = StockNetworks.perceptron();
        DataSet data = new DataSet(StockNetworks.normal(1, StockNetworks.ROWS, 3), StockNetworks.labels());
        graph.fit(data);
        network.fit(data);
        graph.incrementEpochCount();
        network.incrementEpochCount();
        Conversion conversion = new Conversion(ALL, new Lasso(), 0);
        ComputationGraph sparseGraph = conversion.convert(graph).network();
        MultiLayerNetwork sparse = conversion.convert(network).network();
        assertEquals(List.of(1, 1), List.of(sparseGraph.getIterationCount(), sparseGraph.getEpochCount()));
        assertEquals(List.of(1, 1), List.of(sparse.getIterationCount(), sparse.getEpochCount()));
        assertEquals(1, sparseGraph.getLayer("fc1").getEpochCount());
    }

    @Test
    void whatIsNotCarriedIsRefused() {
        NeuralNetConfiguration.ListBuilder layers = StockNetworks.settings()
                .list()
                .layer(new DenseLayer.Builder()
                        .name("fc1")
                        .nIn(3)
                        .nOut(2)
                        .constrainWeights(new NonNegativeConstraint())
                        .build())
                .layer(new DenseLayer.Builder()
                        .name("fc2")
                        .nIn(2)
                        .nOut(2)
                        .hasLayerNorm(true)
                        .build());
        MultiLayerNetwork dense = new MultiLayerNetwork(layers.build());
        dense.init();
        refused("layer fc1 must be without weight noise and constraints", LayerChoice.named("fc1"), dense);
        refused("layer fc2 must be a SparseLayer, ", LayerChoice.named("fc2"), dense);
    }

    private static void same(INDArray want, INDArray got) {
        assertArrayEquals(Elements.read(want), Elements.read(got), TOLERANCE);
    }
}
