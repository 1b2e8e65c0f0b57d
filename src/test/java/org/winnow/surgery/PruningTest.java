package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Elements;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.Sparsity;
import org.winnow.sparsifier.Variational;

/** The whole way: a perceptron in the shape of LeNet-300-100 learns, is made variational, learns on, and is pruned. */
class PruningTest {
    private static final int[] WIDTHS = {20, 30, 10, 2};
    private static final int ROWS = 800;
    private static final int EPOCHS = 250;
    private static final double THRESHOLD = 3;

    private static MultiLayerNetwork dense() {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(11)
                .activation(Activation.RELU)
                .updater(new Adam(0.01))
                .list()
                .layer(StockNetworks.dense("fc1", WIDTHS[1]))
                .layer(StockNetworks.dense("fc2", WIDTHS[2]))
                .layer(StockNetworks.output("fc3", WIDTHS[3]));
        MultiLayerNetwork network = new MultiLayerNetwork(
                layers.setInputType(InputType.feedForward(WIDTHS[0])).build());
        network.init();
        return network;
    }

    /** Two classes, within a circle of the first two inputs or not; the others are noise. */
    private static DataSet data(long seed) {
        INDArray x = StockNetworks.normal(seed, ROWS, WIDTHS[0]).castTo(DataType.FLOAT);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, ROWS, 2);
        for (int row = 0; row < ROWS; row++) {
            labels.putScalar(row, Math.hypot(x.getDouble(row, 0), x.getDouble(row, 1)) > 1.2 ? 1 : 0, 1);
        }
        return new DataSet(x, labels);
    }

    @Test
    void fewWeightsOfALearnedNetworkAreEnough() {
        List<DataSet> batches = data(1).batchBy(100);
        MultiLayerNetwork dense = dense();
        fit(dense, batches, 20);
        MultiLayerNetwork sparse = new Conversion(
                        LayerChoice.matching("fc."), new Variational(Divergence.REAL_VD, -4), 1.0 / ROWS)
                .convert(dense)
                .network();
        fit(sparse, batches, EPOCHS);
        DataSet test = data(2);
        double accuracy = accuracy(sparse, test);
        assertTrue(accuracy > 0.9, "accuracy " + accuracy);

        NamedLayers layers = NetworkLayers.of(sparse);
        State relevance = layers.relevance(THRESHOLD);
        double share = Sparsity.total(layers.sparsity(relevance).values()).share();
        assertTrue(share > 0.5, "sparsity " + share);
        double[] kept = Elements.read(relevance.get("fc1.weight").sum(0));
        double ofNoise = Arrays.stream(kept).skip(2).sum() / (WIDTHS[0] - 2);
        assertTrue(Math.min(kept[0], kept[1]) > 2 * ofNoise, "kept of inputs " + Arrays.toString(kept));

        MultiLayerNetwork masked = Masks.deploy(sparse, relevance).network();
        assertEquals(accuracy, accuracy(masked, test), 0.02);
        NamedLayers after = NetworkLayers.of(masked);
        assertEquals(
                share,
                Sparsity.total(after.sparsity(after.relevance(0)).values()).share(),
                1e-12);
        assertEquals(Map.of(), after.penalties(Reduction.SUM, 0));

        // The sparsified network without what it holds for irrelevant answers as the masked one.
        layers.load(Binarized.of(layers.state(), relevance).state(), true);
        assertArrayEquals(
                Elements.read(sparse.output(test.getFeatures())), Elements.read(masked.output(test.getFeatures())));

        fit(masked, batches, 5);
        double tuned = accuracy(masked, test);
        assertTrue(tuned > 0.9, "accuracy after tuning " + tuned);
    }

    private static void fit(MultiLayerNetwork network, List<DataSet> batches, int epochs) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            batches.forEach(network::fit);
        }
    }

    private static double accuracy(MultiLayerNetwork network, DataSet data) {
        INDArray right =
                network.output(data.getFeatures()).argMax(1).eq(data.getLabels().argMax(1));
        return right.castTo(DataType.DOUBLE).meanNumber().doubleValue();
    }
}
