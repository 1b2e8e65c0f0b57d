package org.winnow.surgery;

import java.util.List;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Noise;
import org.winnow.layer.NetworkStates;
import org.winnow.model.LayerCost;
import org.winnow.model.NetworkState;
import org.winnow.serve.SparseNetwork;

/**
 * What pruning hands over: a masked network made small, and what that saved.
 *
 * @param compact of DL4J's own layers; of a complex network, on the parts of its numbers
 * @param inputs which numbers of a row it takes, in order
 * @param sparse the same with only the weights that are not 0; it takes whole rows
 * @param before what the layers of the dense network cost
 * @param after what those of the compact one cost, in the sparse one's file
 * @param difference between answers of the masked and of the sparse network to random rows, at most
 */
public record Delivery(
        NetworkState compact,
        int[] inputs,
        SparseNetwork sparse,
        List<LayerCost> before,
        List<LayerCost> after,
        double difference) {
    private static final int RANDOM_ROWS = 1000;
    private static final long STREAM = 0xDE11;

    /**
     * Makes a network small.
     *
     * @param dense the network that was pruned
     * @param masked the same with masks
     * @param width how many numbers a row has
     * @param which inputs the compact network takes
     */
    public static Delivery of(NetworkState dense, NetworkState masked, int width, Compaction.Inputs which) {
        Compact compact = Compaction.of(RealForm.of(NetworkStates.restore(masked)), which);
        SparseNetwork sparse = SparseExport.of(compact, width);
        float[] rows = randomRows(width);
        float[] expected = answers(masked, width).apply(rows);
        float[] given = sparse.answer(rows);
        double difference = 0;
        for (int i = 0; i < given.length; i++) {
            difference = Math.max(difference, Math.abs(given[i] - expected[i]));
        }
        return new Delivery(
                NetworkStates.of(compact.network()),
                compact.inputs(),
                sparse,
                LayerCosts.of(NetworkStates.restore(dense), width),
                LayerCosts.stored(LayerCosts.of(compact.network(), compact.inputs().length), sparse),
                difference);
    }

    /** Normally distributed rows, one after the other, always the same. */
    public static float[] randomRows(int width) {
        float[] rows = new float[RANDOM_ROWS * width];
        Noise.of(STREAM).normal(rows, 0);
        return rows;
    }

    /** The answers of a DL4J network to rows in row-major order. */
    public static UnaryOperator<float[]> answers(NetworkState state, int width) {
        MultiLayerNetwork network = NetworkStates.restore(state);
        return rows -> {
            INDArray batch = Nd4j.create(rows, new long[] {rows.length / width, width}, 'c');
            return network.output(batch, false).dup('c').data().asFloat();
        };
    }

    /**
     * Requires that a network is of layers that can be made small.
     *
     * @throws IllegalArgumentException naming the first layer that is of another kind
     */
    public static void requirePossible(NetworkState network) {
        SparseExport.of(RealForm.of(NetworkStates.restore(network)));
    }
}
