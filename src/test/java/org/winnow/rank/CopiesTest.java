package org.winnow.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.winnow.kernel.Noise;

class CopiesTest {
    private static final int ROWS = 50;

    /** Columns: a, b, exp(a), -b, a with a little noise, and b again with one value changed by much. */
    private static Sample sample(int... gateOfInput) {
        Noise noise = Noise.of(11);
        float[] values = new float[ROWS * 6];
        for (int row = 0; row < ROWS; row++) {
            float a = (float) noise.child(row).normal(0);
            float b = (float) noise.child(row).normal(1);
            float[] columns = {
                a,
                b,
                (float) Math.exp(a),
                -b,
                a + 0.02f * (float) noise.child(row).normal(2),
                row == 0 ? 9 - b : b
            };
            System.arraycopy(columns, 0, values, row * columns.length, columns.length);
        }
        double[] weights = IntStream.range(0, ROWS).mapToDouble(row -> 1).toArray();
        return new Sample(ROWS, gateOfInput, NormalScores.of(values, ROWS, 6), 0, new float[ROWS], weights);
    }

    @Test
    void aRisingOrFallingFunctionOfAFeatureIsItsCopy() {
        int none = Copies.NONE;
        assertArrayEquals(new int[] {none, none, 0, 1, none, none}, Copies.of(sample(0, 1, 2, 3, 4, 5)));
    }

    @Test
    void gatesOfSeveralInputsAreCopiesIfAllTheirInputsAre() {
        assertArrayEquals(new int[] {Copies.NONE, 0, Copies.NONE}, Copies.of(sample(0, 0, 1, 1, 2, 2)));
    }

    @Test
    void whatIsNearlyTheSameIsAlike() {
        List<List<Integer>> alike = Alike.of(sample(0, 1, 2, 3, 4, 5), 0, 1, 5);
        assertEquals(List.of(List.of(2, 4), List.of(3), List.of()), alike);
        assertEquals(List.of(List.of()), Alike.of(sample(0, 0, 1, 1, 2, 2), 0));
    }
}
