package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.winnow.data.Block;
import org.winnow.model.NetworkState;

class WeightedLossTest {
    private static final int INPUTS = 3;
    private static final float[] A = {0.5f, -1, 2};
    private static final float[] B = {-0.3f, 0.7f, 0.1f};
    private static final float[] C = {1.5f, 0.2f, -0.9f};

    @Test
    void aWeightCountsARowAsOftenAndNoneNotAtAll() {
        for (Head head : List.of(Head.classes(2), Head.number())) {
            Step once = step(head, new float[][] {A, A, C}, new float[] {1, 1, 0}, new float[0]);
            Step ones = step(head, new float[][] {A, A, C}, new float[] {1, 1, 0}, new float[] {1, 1, 1});
            Step twice = step(head, new float[][] {A, B, C}, new float[] {1, 0, 0}, new float[] {2, 0, 1});
            Step whatever = step(head, new float[][] {A, C, C}, new float[] {1, 1, 0}, new float[] {2, 0, 1});
            for (Step same : List.of(ones, twice, whatever)) {
                assertEquals(once.loss, same.loss, 1e-6);
                assertArrayEquals(once.parameters, same.parameters, 1e-5f);
            }
        }
    }

    @Test
    void aNetworkThatSawWeightsComputesWithoutThemAsIfItHadNot() {
        float[][] rows = {A, B, C};
        float[] targets = {1, 0, 0};
        for (Head head : List.of(Head.classes(2), Head.number())) {
            NetworkState start = start(head, rows.length);
            Network used = Network.ofOwnLayers(start.configuration());
            step(used, start, head, rows, targets, new float[] {2, 0, 1});
            Step after = step(used, start, head, rows, targets, new float[0]);
            Step fresh = step(Network.ofOwnLayers(start.configuration()), start, head, rows, targets, new float[0]);
            assertEquals(fresh.loss, after.loss);
            assertArrayEquals(fresh.parameters, after.parameters);
        }
    }

    private record Step(double loss, float[] parameters) {}

    private static Step step(Head head, float[][] rows, float[] targets, float[] weights) {
        NetworkState start = start(head, rows.length);
        return step(Network.of(start.configuration()), start, head, rows, targets, weights);
    }

    private static NetworkState start(Head head, int rows) {
        NetworkOptions hidden = new NetworkOptions(List.of(4), NetworkOptions.Activation.TANH);
        return Networks.build(Optional.empty(), INPUTS, head, hidden, TrainOptions.of(1, rows, 0.01, 1, 5));
    }

    private static Step step(
            Network network, NetworkState start, Head head, float[][] rows, float[] targets, float[] weights) {
        float[] inputs = new float[rows.length * INPUTS];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, inputs, row * INPUTS, INPUTS);
        }
        network.parameters(Packed.of(start.parameters()));
        network.updaterState(Packed.NONE);
        BlockExamples examples = new BlockExamples(new Block(rows.length, INPUTS, inputs, targets, weights), head);
        int[] all = {0, 1, 2};
        double loss = network.step(examples, all, 0, 0);
        return new Step(loss, network.parameters().floats());
    }
}
