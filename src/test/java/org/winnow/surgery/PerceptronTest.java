package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Noise;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.TrainOptions;

class PerceptronTest {
    private static final int INPUTS = 37;
    private static final int[] KEPT = {0, 3, 17, 18, 36};
    private static final Head HEAD = Head.classes(3);
    private static final TrainOptions TRAIN = TrainOptions.of(1, 8, 0.01, 1, 7);

    static List<List<Integer>> hidden() {
        return List.of(List.of(), List.of(33), List.of(33, 9));
    }

    private static NetworkOptions options(List<Integer> hidden) {
        return new NetworkOptions(hidden, NetworkOptions.Activation.RELU);
    }

    private static NetworkState built(List<Integer> hidden) {
        NetworkState built = Networks.build(Optional.empty(), INPUTS, HEAD, options(hidden), TRAIN);
        // Biases begin at zero.
        Noise.of(3).normal(built.parameters(), 0);
        return built;
    }

    private static Perceptron plain(List<Integer> hidden, NetworkState built) {
        List<Integer> widths = new ArrayList<>(hidden);
        widths.add(0, INPUTS);
        widths.add(HEAD.width());
        return new Perceptron(widths, built.parameters());
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void inputsLeftOutAreAsIfTheyWereZero(List<Integer> hidden) {
        NetworkState wide = built(hidden);
        Perceptron narrow = plain(hidden, wide).narrow(KEPT);
        String configuration = Networks.configuration(KEPT.length, HEAD, options(hidden), TRAIN);
        assertEquals(
                NetworkStates.restore(wide).getLayer(0).getParam("W").getRows(KEPT),
                NetworkStates.restore(new NetworkState(configuration, narrow.parameters()))
                        .getLayer(0)
                        .getParam("W"));
        INDArray few = Nd4j.rand(4, KEPT.length);
        INDArray all = Nd4j.zeros(4, INPUTS);
        for (int i = 0; i < KEPT.length; i++) {
            all.putColumn(KEPT[i], few.getColumn(i));
        }
        float[] expected = answers(wide, all);
        float[] actual = answers(new NetworkState(configuration, narrow.parameters()), few);
        assertArrayEquals(expected, actual, 1e-6f);
    }

    private static float[] answers(NetworkState network, INDArray inputs) {
        return NetworkStates.restore(network).output(inputs).dup('c').data().asFloat();
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void importanceIsThatOfTheBuiltNetworksWeights(List<Integer> hidden) {
        NetworkState state = built(hidden);
        MultiLayerNetwork network = NetworkStates.restore(state);
        INDArray first = network.getLayer(0).getParam("W");
        INDArray squares = first.mul(first);
        double[] expected;
        if (hidden.isEmpty()) {
            expected = squares.sum(1).toDoubleVector();
        } else {
            INDArray second = network.getLayer(1).getParam("W");
            expected = squares.mmul(second.mul(second).sum(true, 1))
                    .reshape(INPUTS)
                    .toDoubleVector();
        }
        assertArrayEquals(expected, plain(hidden, state).importance());
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void aDescriptionBuildsTheSameNetwork(List<Integer> hidden) {
        NetworkState state = built(hidden);
        String description = Networks.configuration(INPUTS, HEAD, options(hidden), TRAIN);
        assertEquals(
                state.configuration(),
                NetworkStates.of(NetworkStates.restore(new NetworkState(description, state.parameters())))
                        .configuration());
    }
}
