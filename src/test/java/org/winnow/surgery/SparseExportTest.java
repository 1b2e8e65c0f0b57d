package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.model.LayerCost;
import org.winnow.safetensors.Safetensors;
import org.winnow.serve.Pointwise;
import org.winnow.serve.SparseFile;
import org.winnow.serve.SparseNetwork;

class SparseExportTest {
    private static final int PIXELS = 784;
    private static final double TOLERANCE = 1e-5;

    private static MultiLayerNetwork made(ListBuilder layers, InputType input) {
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.setInputType(input).build());
        network.init();
        return network;
    }

    static MultiLayerNetwork leNet300() {
        return made(
                StockNetworks.settings()
                        .dataType(DataType.FLOAT)
                        .activation(Activation.RELU)
                        .list()
                        .layer(StockNetworks.dense("fc1", 300))
                        .layer(StockNetworks.dense("fc2", 100))
                        .layer(StockNetworks.output("fc3", 10)),
                InputType.feedForward(PIXELS));
    }

    /** Caffe's. */
    static MultiLayerNetwork leNet5() {
        return made(
                StockNetworks.settings()
                        .dataType(DataType.FLOAT)
                        .activation(Activation.RELU)
                        .list()
                        .layer(convolution("conv1", 20))
                        .layer(pool(PoolingType.MAX))
                        .layer(convolution("conv2", 50))
                        .layer(pool(PoolingType.AVG))
                        .layer(StockNetworks.dense("fc1", 500))
                        .layer(StockNetworks.output("fc2", 10)),
                InputType.convolutionalFlat(28, 28, 1));
    }

    private static ConvolutionLayer convolution(String name, int out) {
        return new ConvolutionLayer.Builder(5, 5).name(name).nOut(out).build();
    }

    private static SubsamplingLayer pool(PoolingType type) {
        return new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build();
    }

    /** Each weight stays with a probability; biases are no zeros. */
    private static MultiLayerNetwork thinned(MultiLayerNetwork network, Map<String, Double> kept) {
        Map<String, INDArray> masks = new LinkedHashMap<>();
        State state = NetworkLayers.of(network).state();
        kept.forEach((layer, share) -> {
            INDArray weight = state.get(layer + ".weight");
            double[] draws = new double[(int) weight.length()];
            Noise.of(layer.hashCode()).uniform(draws, 0);
            for (int i = 0; i < draws.length; i++) {
                draws[i] = draws[i] < share ? 1 : 0;
            }
            masks.put(layer + ".weight", Elements.write(draws, DataType.FLOAT, weight.shape()));
            INDArray bias = state.get(layer + ".bias");
            bias.assign(StockNetworks.normal(3, bias.shape()).mul(0.1));
        });
        return Masks.deploy(network, new State(masks)).network();
    }

    /** The shares of weights kept at a compression of 68 (Molchanov et al. 2017), drawn at random. */
    private static MultiLayerNetwork pruned300() {
        return thinned(leNet300(), Map.of("fc1", 0.011, "fc2", 0.028, "fc3", 0.38));
    }

    private static float[] rows(int count, int width) {
        float[] rows = new float[count * width];
        Noise.of(5).uniform(rows, 0);
        return rows;
    }

    private static float[] answers(MultiLayerNetwork network, float[] rows, int width) {
        return network.output(Nd4j.create(rows, new long[] {rows.length / width, width}, 'c'))
                .data()
                .asFloat();
    }

    private static SparseNetwork throughAFile(SparseNetwork network) throws IOException {
        byte[] bytes = written(network);
        return SparseFile.read(Safetensors.read(new ByteArrayInputStream(bytes), bytes.length, "x"), "x");
    }

    private static byte[] written(SparseNetwork network) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SparseFile.of(network).write(out);
        return out.toByteArray();
    }

    @Test
    void aPrunedPerceptronIsServedAlikeBeforeAndAfterAFile() throws IOException {
        MultiLayerNetwork pruned = pruned300();
        float[] rows = rows(1000, PIXELS);
        float[] want = answers(pruned, rows, PIXELS);
        SparseNetwork sparse = SparseExport.of(Compaction.of(pruned, Compaction.Inputs.USED), PIXELS);
        assertTrue(sparse.inputs().length < PIXELS);
        assertArrayEquals(want, sparse.answer(rows), (float) TOLERANCE);
        assertArrayEquals(want, throughAFile(sparse).answer(rows), (float) TOLERANCE);
        assertArrayEquals(want, SparseExport.of(pruned).answer(rows), (float) TOLERANCE);
        assertEquals(0, sparse.answer(new float[0]).length);
    }

    @Test
    void aPrunedLeNet5IsServedAlike() throws IOException {
        MultiLayerNetwork pruned = thinned(leNet5(), Map.of("conv1", 0.33, "conv2", 0.02, "fc1", 0.002, "fc2", 0.05));
        float[] rows = rows(130, PIXELS);
        float[] want = answers(pruned, rows, PIXELS);
        SparseNetwork sparse = SparseExport.of(Compaction.of(pruned, Compaction.Inputs.USED), PIXELS);
        float[] together = throughAFile(sparse).answer(rows);
        assertArrayEquals(want, together, (float) TOLERANCE);
        for (int row : new int[] {0, 127, 129}) {
            float[] alone = sparse.answer(Arrays.copyOfRange(rows, row * PIXELS, (row + 1) * PIXELS));
            assertArrayEquals(Arrays.copyOfRange(together, row * alone.length, (row + 1) * alone.length), alone);
        }
    }

    @ParameterizedTest
    @EnumSource(Pointwise.class)
    void activationsAndPaddingAreAsInDl4j(Pointwise function) {
        ListBuilder layers = StockNetworks.settings()
                .dataType(DataType.FLOAT)
                .activation(Activation.valueOf(function.name()))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 2)
                        .name("conv")
                        .nOut(4)
                        .stride(2, 1)
                        .padding(2, 1)
                        .dilation(1, 2)
                        .activation(Activation.TANH)
                        .build())
                .layer(new DenseLayer.Builder().name("fc").nOut(7).build())
                .layer(StockNetworks.output("out", 3));
        MultiLayerNetwork network = made(layers, InputType.convolutionalFlat(6, 5, 2));
        network.params().muli(2);
        float[] rows = rows(70, 60);
        assertArrayEquals(answers(network, rows, 60), SparseExport.of(network).answer(rows), (float) TOLERANCE);
    }

    @Test
    void whatCannotBeServedIsSaid() {
        MultiLayerNetwork network = made(
                StockNetworks.settings()
                        .activation(Activation.RRELU)
                        .list()
                        .layer(StockNetworks.dense("fc", 2))
                        .layer(StockNetworks.output("out", 2)),
                InputType.feedForward(2));
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> SparseExport.of(network))
                .getMessage());
        assertTrue(message.startsWith("activation of layer fc must be LEAKYRELU, or one of [RELU, "), message);
        assertThrows(
                IllegalArgumentException.class,
                () -> SparseExport.of(pruned300()).answer(new float[3]));
    }

    @Test
    void aCompressionOf68MakesTheFileTenTimesSmaller() throws IOException {
        MultiLayerNetwork dense = leNet300();
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        ModelSerializer.writeModel(dense, saved, false);
        SparseNetwork sparse = SparseExport.of(Compaction.of(pruned300(), Compaction.Inputs.USED), PIXELS);
        int bytes = written(sparse).length;
        assertTrue(10 * bytes < saved.size(), bytes + " bytes of " + saved.size());
    }

    @Test
    void operationsAreThoseCountedByHand() {
        assertEquals(
                List.of(
                        new LayerCost("fc1", 235_200, 235_200, 784, 300, 470_400, 4 * 235_500),
                        new LayerCost("fc2", 30_000, 30_000, 300, 100, 60_000, 4 * 30_100),
                        new LayerCost("fc3", 1_000, 1_000, 100, 10, 2_000, 4 * 1_010)),
                LayerCosts.of(leNet300(), PIXELS));
        assertEquals(
                List.of(
                        new LayerCost("conv1", 500, 500, 1, 20, 2 * 500 * 24 * 24, 4 * 520),
                        new LayerCost("conv2", 25_000, 25_000, 20, 50, 2 * 25_000 * 8 * 8, 4 * 25_050),
                        new LayerCost("fc1", 400_000, 400_000, 800, 500, 800_000, 4 * 400_500),
                        new LayerCost("fc2", 5_000, 5_000, 500, 10, 10_000, 4 * 5_010)),
                LayerCosts.of(leNet5(), PIXELS));
    }

    @Test
    void costsOfAPrunedNetworkCountWhatIsKept() {
        MultiLayerNetwork pruned = pruned300();
        List<LayerCost> masked = LayerCosts.of(pruned, PIXELS);
        Compact compact = Compaction.of(pruned, Compaction.Inputs.USED);
        List<LayerCost> small = LayerCosts.of(compact.network(), compact.inputs().length);
        SparseNetwork sparse = SparseExport.of(compact, PIXELS);
        List<LayerCost> stored = LayerCosts.stored(small, sparse);
        assertEquals(235_200, masked.get(0).weights());
        assertEquals(2 * masked.get(1).kept(), masked.get(1).flops());
        for (int i = 0; i < 3; i++) {
            assertTrue(small.get(i).kept() <= masked.get(i).kept());
            assertEquals(
                    small.get(i).kept(),
                    LayerCosts.of(compact.network(), compact.inputs().length)
                            .get(i)
                            .kept());
            long indexBytes = stored.get(i).inputs() > 256 ? 2 : 1;
            long counts = stored.get(i).units();
            assertEquals(
                    (4 + indexBytes) * small.get(i).kept() + counts + 4 * counts,
                    stored.get(i).bytes());
        }
    }
}
