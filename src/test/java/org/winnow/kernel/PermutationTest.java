package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class PermutationTest {
    @Property(tries = 300)
    void isABijection(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2000) int n) {
        Permutation permutation = Permutation.of(Noise.of(seed), n);
        long[] image = LongStream.range(0, n).map(permutation::apply).sorted().toArray();
        assertTrue(Arrays.equals(LongStream.range(0, n).toArray(), image));
    }

    @Property(tries = 300)
    void invertUndoesApply(
            @ForAll long seed,
            @ForAll @LongRange(min = 1, max = 1L << 40) long n,
            @ForAll @LongRange(min = 0) long any) {
        Permutation permutation = Permutation.of(Noise.of(seed), n);
        long place = any % n;
        long image = permutation.apply(place);
        assertTrue(image >= 0 && image < n);
        assertEquals(place, permutation.invert(image));
        assertEquals(place, permutation.apply(permutation.invert(place)));
    }

    @Test
    void everyOrderOfFourIsEquallyLikely() {
        Map<String, Long> counts = new HashMap<>();
        for (long seed = 0; seed < 48_000; seed++) {
            Permutation permutation = Permutation.of(Noise.of(seed), 4);
            long[] order = LongStream.range(0, 4).map(permutation::apply).toArray();
            counts.merge(Arrays.toString(order), 1L, Long::sum);
        }
        assertEquals(24, counts.size());
        assertUniform(counts.values().stream().mapToLong(Long::longValue).toArray());
    }

    @Test
    void everyPlaceIsEquallyLikely() {
        int n = 97;
        long[] ofFirst = new long[n];
        long[] ofDistance = new long[n];
        for (long seed = 0; seed < 50_000; seed++) {
            Permutation permutation = Permutation.of(Noise.of(seed), n);
            long first = permutation.apply(0);
            ofFirst[(int) first]++;
            ofDistance[(int) Math.floorMod(permutation.apply(1) - first, (long) n)]++;
        }
        assertUniform(ofFirst);
        assertEquals(0, ofDistance[0]);
        assertUniform(Arrays.copyOfRange(ofDistance, 1, n));
    }

    @Test
    void streamsGiveDifferentOrders() {
        Noise noise = Noise.of(3);
        long[] one = order(noise.child(0));
        assertTrue(Arrays.equals(one, order(noise.child(0))));
        assertNotEquals(Arrays.toString(one), Arrays.toString(order(noise.child(1))));
    }

    @Test
    void refusesPlacesOutside() {
        Noise noise = Noise.of(0);
        assertThrows(IllegalArgumentException.class, () -> Permutation.of(noise, 0));
        assertThrows(IllegalArgumentException.class, () -> Permutation.of(noise, (1L << 40) + 1));
        assertThrows(
                IllegalArgumentException.class, () -> Permutation.of(noise, 5).apply(5));
        assertThrows(
                IllegalArgumentException.class, () -> Permutation.of(noise, 5).invert(-1));
    }

    private static long[] order(Noise noise) {
        Permutation permutation = Permutation.of(noise, 100);
        return LongStream.range(0, 100).map(permutation::apply).toArray();
    }

    private static void assertUniform(long[] counts) {
        double[] expected = new double[counts.length];
        Arrays.fill(expected, 1);
        double pValue = new ChiSquareTest().chiSquareTest(expected, counts);
        assertTrue(pValue > 0.001, "p = " + pValue);
    }
}
