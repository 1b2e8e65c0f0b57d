package org.winnow.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.winnow.data.Block;
import org.winnow.kernel.Noise;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;

class DescentTest {
    private static final NetworkOptions NETWORK = new NetworkOptions(List.of(16), NetworkOptions.Activation.RELU);
    private static final int[] GATES = {0, 1, 2, 3, 4, 5};

    /** Inputs 2 and 4, of gates 1 and 3, decide together; gate 0 has two inputs of noise. */
    private static Block rows(int count, long seed) {
        Noise noise = Noise.of(seed);
        float[] inputs = new float[count * 7];
        float[] targets = new float[count];
        for (int row = 0; row < count; row++) {
            for (int input = 0; input < 7; input++) {
                inputs[row * 7 + input] = (float) noise.child(row).normal(input);
            }
            targets[row] = inputs[row * 7 + 2] * inputs[row * 7 + 4] > 0 ? 1 : 0;
        }
        return new Block(count, 7, inputs, targets);
    }

    private static Descent.Rows split() {
        return new Descent.Rows(new int[] {0, 0, 1, 2, 3, 4, 5}, rows(500, 1), rows(200, 2));
    }

    @Test
    void aNetworkLosesWhatItNeedsLeast() {
        Descent.Result free = Descent.free(split(), GATES, Head.classes(2), NETWORK, 1);
        assertEquals(Set.of(1, 3), Set.of(free.order()[0], free.order()[1]));
        int[] sorted = free.order().clone();
        Arrays.sort(sorted);
        assertArrayEquals(GATES, sorted);
        assertEquals(
                List.of(6, 5, 4, 3, 2, 1),
                free.stages().stream().map(Descent.Stage::gates).toList());
        assertTrue(free.at(2).score().accuracy() > 0.9);
        assertTrue(free.at(1).score().accuracy() < 0.7);
    }

    @Test
    void anOrderThatIsGivenIsKept() {
        int[] order = {5, 3, 1, 0, 2, 4};
        Descent.Result along = Descent.along(split(), order, Descent.Pace.ONE_BY_ONE, Head.classes(2), NETWORK, 1);
        assertArrayEquals(order, along.order());
        assertTrue(along.at(3).score().accuracy() > 0.85);
        assertTrue(along.at(2).score().accuracy() < 0.7);
    }
}
