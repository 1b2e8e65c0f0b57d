package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Params;
import org.winnow.train.Architecture;
import org.winnow.train.ArchitectureOptions;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.TrainOptions;

/** Complex networks and real ones of the parts of their numbers. */
class RealFormTest {
    static List<Arguments> networks() {
        List<String> convolutions = List.of("conv 3 3", "max_pool 2", "conv 4 2", "6");
        return List.of(
                Arguments.of(List.of("7", "5"), List.of(), Head.classes(3)),
                Arguments.of(convolutions, List.of(2, 9, 9), Head.classes(3)),
                Arguments.of(convolutions, List.of(1, 8, 10), Head.number()));
    }

    private static NetworkState network(List<String> layers, List<Integer> image, int inputs, Head head) {
        ArchitectureOptions options = new ArchitectureOptions(layers, image, NetworkOptions.Activation.RELU, true, "");
        return Architecture.build(options, inputs, head, TrainOptions.of(1, 10, 0.01, 1, 5));
    }

    private static int inputs(List<Integer> image) {
        return image.isEmpty() ? 11 : image.stream().reduce(1, Math::multiplyExact);
    }

    /** Keeps about half of the weights. */
    private static State masks(NetworkState network) {
        Map<String, Function<NamedLayers.Layer, Params>> decisions = new HashMap<>();
        for (String name : Pruning.layers(network)) {
            decisions.put(name, layer -> {
                long[] shape = layer.op().unitShape(Unit.WEIGHT);
                INDArray noise = StockNetworks.normal(name.length(), shape).castTo(DataType.FLOAT);
                return Params.of(Params.WEIGHT, Elements.map(noise, number -> number > 0 ? 1 : 0));
            });
        }
        return Pruning.masks(network, decisions);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void whatIsDeliveredAnswersAsTheMaskedComplexNetwork(List<String> layers, List<Integer> image, Head head) {
        int inputs = inputs(image);
        NetworkState dense = network(layers, image, inputs, head);
        Delivery.requirePossible(dense);
        NetworkState masked = Pruning.deploy(dense, masks(dense));
        Delivery delivery = Delivery.of(dense, masked, inputs, Compaction.Inputs.ALL);
        assertTrue(delivery.difference() < 1e-5, "difference " + delivery.difference());
        float[] rows = Delivery.randomRows(inputs);
        assertArrayEquals(
                Delivery.answers(masked, inputs).apply(rows),
                Delivery.answers(delivery.compact(), inputs).apply(rows),
                1e-5f);
        assertEquals(delivery.before().size(), delivery.after().size());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void realNetworksStayAsTheyAre(List<String> layers, List<Integer> image, Head head) {
        ArchitectureOptions options = new ArchitectureOptions(layers, image, NetworkOptions.Activation.RELU, false, "");
        MultiLayerNetwork real = NetworkStates.restore(
                Architecture.build(options, inputs(image), head, TrainOptions.of(1, 10, 0.01, 1, 5)));
        assertSame(real, RealForm.of(real));
    }
}
