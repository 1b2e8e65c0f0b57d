package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.bench.LayerKind;
import org.winnow.data.Block;
import org.winnow.kernel.Noise;
import org.winnow.model.NetworkState;

/** Steps find their arrays where the first ones left them: none makes a buffer of ND4J's, whose memory is not the heap's. */
class StepAllocationsTest {
    private static final int ROWS = 4;
    private static final int WARM_UP = 3;
    private static final int STEPS = 100;

    @ParameterizedTest
    @EnumSource
    void stepsMakeNoBuffers(LayerKind kind) {
        NetworkState state = kind.network();
        Network network = Network.ofOwnLayers(state.configuration());
        network.parameters(Packed.of(state.parameters()));
        take(network, 0, WARM_UP);
        long before = buffers();
        take(network, WARM_UP, STEPS);
        assertEquals(0, buffers() - before - 1);
    }

    /** ND4J numbers all that has memory of its own, views and contexts of operations too; to ask takes a number as well. */
    private static long buffers() {
        return Nd4j.getDeallocatorService().nextValue();
    }

    private static void take(Network network, int first, int steps) {
        float[] inputs = new float[ROWS * LayerKind.INPUTS];
        Noise.of(1).uniform(inputs, 0);
        Examples examples =
                new BlockExamples(new Block(ROWS, LayerKind.INPUTS, inputs, new float[ROWS]), Head.classes(10));
        int[] all = IntStream.range(0, ROWS).toArray();
        for (int step = first; step < first + steps; step++) {
            network.step(examples, all, step, 0);
        }
    }
}
