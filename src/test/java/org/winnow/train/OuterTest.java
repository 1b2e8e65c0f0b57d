package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class OuterTest {
    private static final float[] START = {1};
    private static final float[] AVERAGE = {3};

    @Test
    void noneTakesTheAverage() {
        assertArrayEquals(AVERAGE, Outer.NONE.step(START, AVERAGE, new float[0], 0.5, 0.9));
    }

    @Test
    void momentumAndNesterovFollowTheirFormulas() {
        float[] velocity = {4};
        assertArrayEquals(
                new float[] {1 + 0.5f * (0.5f * 4 + 2)}, Outer.MOMENTUM.step(START, AVERAGE, velocity, 0.5, 0.5));
        assertArrayEquals(new float[] {4}, velocity);
        assertArrayEquals(
                new float[] {1 + 0.5f * (2 + 0.5f * 4)}, Outer.NESTEROV.step(START, AVERAGE, velocity, 0.5, 0.5));
    }
}
