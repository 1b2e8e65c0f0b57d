package org.winnow.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NormalScoresTest {
    /** norm.ppf(rankdata([3, -1, 3, 7]) / 5), standardised, of SciPy 1.17. */
    private static final float[] WANTED = {0f, -1.4142135f, 0f, 1.4142135f};

    @Test
    void equalValuesShareTheMeanOfTheirRanks() {
        assertArrayEquals(WANTED, NormalScores.of(new float[] {3, -1, 3, 7}, 4, 1), 1e-6f);
    }

    @Test
    void onlyTheOrderCounts() {
        float[] skewed = {1e30f, -1e30f, -0f, 0f, 1e-30f, 5, -5, 2};
        float[] even = {4, -3, 0, 0, 1, 3, -2, 2};
        assertArrayEquals(NormalScores.of(even, 8, 1), NormalScores.of(skewed, 8, 1));
    }

    @Test
    void columnsAreApart() {
        float[] both = {3, 9, -1, 9, 3, 9, 7, 9};
        float[] scores = NormalScores.of(both, 4, 2);
        assertArrayEquals(WANTED, new float[] {scores[0], scores[2], scores[4], scores[6]}, 1e-6f);
        assertArrayEquals(new float[4], new float[] {scores[1], scores[3], scores[5], scores[7]});
    }

    @Test
    void shapesHaveToFit() {
        assertThrows(IllegalArgumentException.class, () -> NormalScores.of(new float[3], 2, 2));
    }
}
