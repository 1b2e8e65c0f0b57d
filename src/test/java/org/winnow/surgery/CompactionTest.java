package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.winnow.kernel.Elements;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.Variational;

class CompactionTest {
    static final int ROWS = 1000;
    private static final double TOLERANCE = 1e-5;
    private static final LayerChoice ALL = LayerChoice.matching(".*");

    /** 3 inputs, 3 neurons, 2 outputs. */
    private static MultiLayerNetwork small(Activation activation) {
        return made(
                StockNetworks.settings()
                        .activation(activation)
                        .list()
                        .layer(StockNetworks.dense("fc", 3))
                        .layer(StockNetworks.output("out", 2)),
                InputType.feedForward(3));
    }

    static MultiLayerNetwork made(ListBuilder layers, InputType input) {
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.setInputType(input).build());
        network.init();
        network.params().addi(StockNetworks.normal(9, network.params().shape()).mul(0.2));
        return network;
    }

    private static void set(MultiLayerNetwork network, String name, double... values) {
        INDArray array = NetworkLayers.of(network).state().get(name);
        array.assign(Elements.write(values, DataType.DOUBLE, array.shape()));
    }

    @Test
    void nothingIsCutWhereEverythingHasAnEffect() {
        MultiLayerNetwork network = small(Activation.TANH);
        Compact compact = Compaction.of(network, Compaction.Inputs.USED);
        assertArrayEquals(new int[] {0, 1, 2}, compact.inputs());
        assertEquals(network.numParams(), compact.network().numParams());
        same(network, compact, StockNetworks.normal(1, ROWS, 3));
    }

    @Test
    void aNeuronThatNothingUsesGoesWithTheInputThatOnlyItUsed() {
        MultiLayerNetwork network = small(Activation.TANH);
        set(network, "fc.weight", 1, 0, 0, 0, 1, 0, 1, 0, 1);
        set(network, "out.weight", 1, 0, 1, 2, 0, 3);
        Compact compact = Compaction.of(network, Compaction.Inputs.USED);
        assertArrayEquals(new int[] {0, 2}, compact.inputs());
        assertArrayEquals(new int[] {0, 2}, compact.units().get("fc"));
        same(network, compact, StockNetworks.normal(1, ROWS, 3));
        Compact wide = Compaction.of(network, Compaction.Inputs.ALL);
        assertArrayEquals(new int[] {0, 1, 2}, wide.inputs());
        assertArrayEquals(new int[] {0, 2}, wide.units().get("fc"));
        same(network, wide, StockNetworks.normal(1, ROWS, 3));
    }

    @Test
    void aNeuronWithoutInputsBecomesABiasAfterIt() {
        MultiLayerNetwork network = small(Activation.SIGMOID);
        set(network, "fc.weight", 1, 2, 3, 0, 0, 0, 1, 0, 1);
        set(network, "fc.bias", 0.5, 0.25, -1);
        set(network, "out.weight", 1, 10, 1, 2, -10, 3);
        set(network, "out.bias", 0, 1);
        Compact compact = Compaction.of(network, Compaction.Inputs.USED);
        assertArrayEquals(new int[] {0, 2}, compact.units().get("fc"));
        double constant = 10 / (1 + Math.exp(-0.25));
        assertArrayEquals(
                new double[] {constant, 1 - constant},
                Elements.read(NetworkLayers.of(compact.network()).state().get("out.bias")),
                1e-12);
        same(network, compact, StockNetworks.normal(1, ROWS, 3));
    }

    @Test
    void aLayerKeepsAtLeastOneUnit() {
        MultiLayerNetwork network = small(Activation.TANH);
        set(network, "fc.weight", new double[9]);
        Compact compact = Compaction.of(network, Compaction.Inputs.USED);
        assertArrayEquals(new int[] {0}, compact.units().get("fc"));
        assertArrayEquals(new int[] {0}, compact.inputs());
        same(network, compact, StockNetworks.normal(1, ROWS, 3));
    }

    @Test
    void whatDependsOnAllNeuronsKeepsThem() {
        MultiLayerNetwork network = small(Activation.SOFTMAX);
        set(network, "fc.weight", 1, 2, 3, 0, 0, 0, 1, 0, 1);
        set(network, "out.weight", 1, 0, 1, 2, 0, 3);
        Compact compact = Compaction.of(network, Compaction.Inputs.USED);
        assertArrayEquals(new int[] {0, 1, 2}, compact.units().get("fc"));
        same(network, compact, StockNetworks.normal(1, ROWS, 3));
    }

    /** A convolution whose second channel is a constant, then one of another padding, then flattened. */
    private static MultiLayerNetwork constantChannel(int padding) {
        MultiLayerNetwork network = made(
                StockNetworks.settings()
                        .list()
                        .layer(convolution("conv1", 2, 0))
                        .layer(pool(PoolingType.MAX, 2))
                        .layer(convolution("conv2", 2, padding))
                        .layer(StockNetworks.dense("fc", 3))
                        .layer(StockNetworks.output("out", 2)),
                InputType.convolutionalFlat(8, 8, 1));
        double[] weight = new double[18];
        Arrays.fill(weight, 0, 9, 0.3);
        set(network, "conv1.weight", weight);
        set(network, "conv1.bias", 0.1, 0.7);
        return network;
    }

    private static ConvolutionLayer convolution(String name, int out, int padding) {
        return new ConvolutionLayer.Builder(3, 3)
                .name(name)
                .nOut(out)
                .padding(padding, padding)
                .build();
    }

    private static SubsamplingLayer pool(PoolingType type, int size) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(size, size)
                .stride(size, size)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aConstantChannelGoesUnlessABorderShows(int padding) {
        MultiLayerNetwork network = constantChannel(padding);
        Compact compact = Compaction.of(network, Compaction.Inputs.USED);
        assertArrayEquals(
                padding == 0 ? new int[] {0} : new int[] {0, 1}, compact.units().get("conv1"));
        same(network, compact, StockNetworks.normal(1, ROWS, 64));
    }

    @Test
    void aChannelOfZerosGoesWhateverTheBorder() {
        MultiLayerNetwork network = constantChannel(1);
        set(network, "conv1.bias", 0.1, 0);
        Compact compact = Compaction.of(network, Compaction.Inputs.USED);
        assertArrayEquals(new int[] {0}, compact.units().get("conv1"));
        same(network, compact, StockNetworks.normal(1, ROWS, 64));
    }

    @Test
    void aChannelGoesWithAllItsPixelsOnly() {
        MultiLayerNetwork network = made(
                StockNetworks.settings()
                        .list()
                        .layer(convolution("conv", 3, 0))
                        .layer(pool(PoolingType.AVG, 2))
                        .layer(new DropoutLayer.Builder(0.5).name("drop").build())
                        .layer(StockNetworks.dense("fc", 2))
                        .layer(StockNetworks.output("out", 2)),
                InputType.convolutionalFlat(6, 6, 2));
        INDArray weight = NetworkLayers.of(network).state().get("fc.weight");
        for (int pixel = 0; pixel < 4; pixel++) {
            weight.getColumn(4 + pixel).assign(0);
        }
        weight.getColumn(9).assign(0);
        INDArray kernels = NetworkLayers.of(network).state().get("conv.weight");
        for (int out = 0; out < 3; out++) {
            kernels.slice(out).slice(0).assign(0);
        }
        Compact compact = Compaction.of(network, Compaction.Inputs.USED);
        assertArrayEquals(new int[] {0, 2}, compact.units().get("conv"));
        assertArrayEquals(IntStream.range(36, 72).toArray(), compact.inputs());
        same(network, compact, StockNetworks.normal(1, ROWS, 72));
    }

    @Test
    void theSmallNetworkHasTheOutputLayerAndLearns() {
        MultiLayerNetwork sparse = new Conversion(ALL, new Lasso(), 0)
                .convert(small(Activation.TANH))
                .network();
        Compact compact = Compaction.of(sparse, Compaction.Inputs.USED);
        assertEquals(2, compact.network().getnLayers());
        OutputLayer out = assertInstanceOf(
                OutputLayer.class, compact.network().getLayer(1).conf().getLayer());
        assertEquals("out", out.getLayerName());
        INDArray x = StockNetworks.normal(1, StockNetworks.ROWS, 3);
        DataSet data = new DataSet(x, StockNetworks.labels());
        double before = compact.network().score(data);
        assertEquals(sparse.score(data), before, 1e-12);
        compact.network().fit(data);
        assertTrue(compact.network().score(data) < before);
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        refused("layer norm must be a dense layer without layer normalisation, ", StockNetworks.perceptron());
        refused("layer conv1 must be a dense layer without layer normalisation, ", StockNetworks.volumes());
        MultiLayerNetwork gated = new Conversion(ALL, new Variational(), 0.1)
                .convert(small(Activation.TANH))
                .network();
        refused("layer fc must be masked, or dense; deploy its masks first, got Variational", gated);
    }

    private static void refused(String message, MultiLayerNetwork network) {
        String got = Objects.requireNonNull(
                assertThrows(IllegalArgumentException.class, () -> Compaction.of(network, Compaction.Inputs.USED))
                        .getMessage());
        assertTrue(got.startsWith(message), got);
    }

    /** Requires the same answers of a network and of what was made of it. */
    static void same(MultiLayerNetwork masked, Compact compact, INDArray rows) {
        assertArrayEquals(
                Elements.read(masked.output(rows)),
                Elements.read(compact.network().output(compact.select(rows))),
                TOLERANCE);
    }
}
