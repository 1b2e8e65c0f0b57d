package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.junit.jupiter.api.Test;
import org.winnow.data.Block;
import org.winnow.kernel.Noise;
import org.winnow.layer.OwnLayers;
import org.winnow.model.NetworkState;

class DenseStepTest {
    private static final int ROWS = 90;
    private static final int INPUTS = 11;
    private static final int STEPS = 40;
    private static final double INPUT_NOISE = 0.3;

    private static MultiLayerNetwork network(Head head, NetworkOptions options, TrainOptions train) {
        NetworkState state = Networks.build(Optional.empty(), INPUTS, head, options, train);
        MultiLayerNetwork network = new MultiLayerNetwork(
                OwnLayers.inPlaceOfStock(MultiLayerConfiguration.fromJson(state.configuration())));
        network.init();
        network.params().data().asNioFloat().put(state.parameters());
        return network;
    }

    private static NetworkOptions hidden(NetworkOptions.Activation activation, Integer... units) {
        return new NetworkOptions(List.of(units), activation);
    }

    private static boolean isDense(MultiLayerNetwork network) {
        network.initGradientsView();
        BaseMultiLayerUpdater<?> updater = (BaseMultiLayerUpdater<?>) network.getUpdater();
        return DenseStep.of(network, updater.getFlattenedGradientsView(), new FusedUpdate(network, updater))
                .isPresent();
    }

    private static Examples examples(Head head, int step) {
        float[] inputs = new float[ROWS * INPUTS];
        Noise.of(1).normal(inputs, 0);
        float[] targets = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            targets[row] = inputs[row * INPUTS] > 0 ? row % head.width() : 0;
        }
        Block block = new Block(ROWS, INPUTS, inputs, targets);
        return NoisyExamples.of(
                new BlockExamples(block, head), INPUT_NOISE, Noise.of(2).child(step));
    }

    @Test
    void stepsAreThoseFromLayerToLayerToTheBit() {
        for (NetworkOptions options : List.of(
                hidden(NetworkOptions.Activation.RELU),
                hidden(NetworkOptions.Activation.RELU, 5),
                hidden(NetworkOptions.Activation.RELU, 64, 32, 7))) {
            for (int classes = 2; classes < 5; classes++) {
                Head head = Head.classes(classes);
                TrainOptions train = TrainOptions.of(1, 16, 0.01, STEPS, 3);
                MultiLayerNetwork inOne = network(head, options, train);
                MultiLayerNetwork byLayers = network(head, options, train);
                assertTrue(isDense(network(head, options, train)));
                DirectStep fast = DirectStep.of(inOne).orElseThrow();
                DirectStep plain = DirectStep.layerByLayer(byLayers).orElseThrow();
                Batches batches = new Batches(ROWS, 16, Noise.of(3));
                for (int step = 0; step < STEPS; step++) {
                    int[] chosen = batches.rowsOf(step);
                    double loss = plain.take(examples(head, step), chosen, step, 0);
                    assertEquals(loss, fast.take(examples(head, step), chosen, step, 0));
                    assertArrayEquals(
                            byLayers.params().toFloatVector(), inOne.params().toFloatVector());
                }
            }
        }
    }

    @Test
    void otherNetworksAreLeftToTheirLayers() {
        TrainOptions train = TrainOptions.of(1, 16, 0.01, STEPS, 3);
        assertFalse(isDense(network(Head.classes(2), hidden(NetworkOptions.Activation.ELU, 5), train)));
    }
}
