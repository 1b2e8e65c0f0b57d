package org.winnow.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.winnow.kernel.Noise;

class MaskResultTest {
    private static MaskResult of(boolean... mask) {
        return MaskResult.of("t", 3, "fc", "weight", new long[] {1, mask.length}, mask);
    }

    @Test
    void scatteredEntriesAreListed() {
        MaskResult row = of(false, true, false, true, true);
        assertEquals(MaskResult.INDICES, row.encoding());
        assertArrayEquals(new long[] {1, 3, 4}, row.indices());
        assertEquals(3, row.kept());
        assertEquals(5, row.total());
    }

    @Test
    void longRunsAreListedAsRuns() {
        MaskResult row = of(true, true, true, true, false, true);
        assertEquals(MaskResult.RUNS, row.encoding());
        assertArrayEquals(new long[] {0, 4, 5, 1}, row.indices());
        assertEquals(5, row.kept());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.5, 0.9, 1})
    void everyMaskComesBack(double density) {
        double[] draws = new double[500];
        Noise.of(1).uniform(draws, 0);
        boolean[] mask = new boolean[draws.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = draws[i] < density;
        }
        MaskResult row = of(mask);
        assertArrayEquals(mask, row.mask());
        assertTrue(row.indices().length <= Math.min(row.kept(), 2 * row.kept()));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 2, indices, 1;6, of rising entries below 6",
        "6, 2, indices, 1;1, of rising entries below 6",
        "6, 2, indices, -1;1, of rising entries below 6",
        "6, 1, indices, 1;2, of 1 entries kept",
        "7, 2, indices, 1;2, of as many entries as its shape has",
        "6, 2, runs, 1;2;3, encoded as",
        "6, 2, runs, 1;9223372036854775807, of rising entries below 6",
        "6, 2, runs, 1;0;2;2, of rising entries below 6",
        "6, 2, bits, 1;2, encoded as",
    })
    void rowsThatContradictThemselvesAreRefused(
            long total, long kept, String encoding, String indices, String message) {
        long[] list =
                Arrays.stream(indices.split(";")).mapToLong(Long::parseLong).toArray();
        MaskResult row = new MaskResult("t", 3, "fc", "weight", new long[] {2, 3}, total, kept, encoding, list);
        String got = String.valueOf(
                assertThrows(IllegalArgumentException.class, row::mask).getMessage());
        assertTrue(got.startsWith("mask of fc.weight must be " + message), got);
    }
}
