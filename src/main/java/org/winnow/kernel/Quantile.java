package org.winnow.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The number below which a fraction of others lie, interpolated between the two nearest. A few of the floats tell a narrow
 * interval that the two are nearly always in; one pass counts those below it and keeps those within, of which it then is the
 * turn (after Floyd, Rivest 1975, "Expected time bounds for selection"). Chance has no part in the result, nor in which few.
 */
public final class Quantile {
    private static final int SAMPLE = 512;
    /** So many are put in order. */
    private static final int FEW = 2 * SAMPLE;
    /** Of the rank among the few, on either side; more if that was not enough. */
    private static final double DEVIATIONS = 4;

    private static final int ALL_BUT_SIGN = Integer.MAX_VALUE;

    private Quantile() {}

    /** The quantile of an array's numbers, of which there is at least one. */
    public static double of(INDArray numbers, double fraction) {
        int count = Math.toIntExact(numbers.length());
        double place = fraction * (count - 1);
        int below = (int) place;
        int above = Math.min(below + 1, count - 1);
        if (numbers.dataType() == DataType.FLOAT) {
            Ranked ranked = ranked(keysOf(new Flat(numbers).floats()), count, below, above);
            return between(number(ranked.first), number(ranked.second), place - below);
        }
        double[] sorted = Elements.read(numbers);
        Arrays.sort(sorted);
        return between(sorted[below], sorted[above], place - below);
    }

    private static double between(double lower, double upper, double share) {
        return lower + share * (upper - lower);
    }

    /** Keys are integers in the order of their floats: the bits, but for those of negative ones, which are flipped. */
    private static int key(float number) {
        int bits = Float.floatToRawIntBits(number);
        return bits ^ ((bits >> (Integer.SIZE - 1)) & ALL_BUT_SIGN);
    }

    private static float number(int key) {
        return Float.intBitsToFloat(key ^ ((key >> (Integer.SIZE - 1)) & ALL_BUT_SIGN));
    }

    /** Gives a piece of keys. */
    @FunctionalInterface
    private interface Keys {
        void read(int from, int[] into, int count);
    }

    private static Keys keysOf(FloatBuffer numbers) {
        float[] piece = new float[FEW];
        int first = numbers.position();
        return (from, into, count) -> {
            numbers.get(first + from, piece, 0, count);
            for (int i = 0; i < count; i++) {
                into[i] = key(piece[i]);
            }
        };
    }

    /** The keys of two ranks. */
    private record Ranked(int first, int second) {}

    private static Ranked ranked(Keys keys, int count, int first, int second) {
        if (count <= FEW) {
            return sorted(keys, count, first, second);
        }
        int[] few = sample(keys, count);
        double share = (double) first / count;
        double centre = share * SAMPLE;
        double spread = DEVIATIONS * Math.sqrt(SAMPLE * share * (1 - share)) + 1;
        while (true) {
            int from = (int) (centre - spread);
            int to = (int) Math.ceil(centre + spread);
            Window window = Window.of(
                    keys, count, from < 0 ? Integer.MIN_VALUE : few[from], to >= SAMPLE ? Integer.MAX_VALUE : few[to]);
            if (window.found == count) {
                return sorted(keys, count, first, second);
            }
            if (window.below <= first && second < window.below + window.found) {
                return ranked(
                        (at, into, piece) -> System.arraycopy(window.keys, at, into, 0, piece),
                        window.found,
                        first - window.below,
                        second - window.below);
            }
            spread *= 2;
        }
    }

    private static Ranked sorted(Keys keys, int count, int first, int second) {
        int[] sorted = new int[count];
        int[] piece = new int[FEW];
        for (int from = 0; from < count; from += FEW) {
            int next = Math.min(FEW, count - from);
            keys.read(from, piece, next);
            System.arraycopy(piece, 0, sorted, from, next);
        }
        Arrays.sort(sorted);
        return new Ranked(sorted[first], sorted[second]);
    }

    /** Some from everywhere, in order. */
    private static int[] sample(Keys keys, int count) {
        int[] few = new int[SAMPLE];
        int[] one = new int[1];
        for (int i = 0; i < SAMPLE; i++) {
            keys.read((int) ((long) i * count / SAMPLE), one, 1);
            few[i] = one[0];
        }
        Arrays.sort(few);
        return few;
    }

    /**
     * The keys of an interval.
     *
     * @param below how many are below it
     * @param keys those within, in any order, and room
     * @param found how many those are
     */
    private record Window(int below, int[] keys, int found) {
        static Window of(Keys all, int count, int lowest, int highest) {
            int[] piece = new int[FEW];
            int[] chosen = new int[FEW];
            int[] within = new int[count / 4 + FEW];
            int below = 0;
            int found = 0;
            for (int from = 0; from < count; from += FEW) {
                int next = Math.min(FEW, count - from);
                all.read(from, piece, next);
                if (found + next > within.length) {
                    within = Arrays.copyOf(within, 2 * within.length);
                }
                below += below(piece, next, lowest);
                found += pick(piece, next, lowest, highest, chosen, within, found);
            }
            return new Window(below, within, found);
        }

        private static int below(int[] keys, int count, int lowest) {
            int below = 0;
            for (int i = 0; i < count; i++) {
                below += less(keys[i], lowest);
            }
            return below;
        }

        /** In two loops without branches, which nothing could foretell: the compiler makes vectors of the first. */
        private static int pick(int[] keys, int count, int lowest, int highest, int[] chosen, int[] into, int at) {
            for (int i = 0; i < count; i++) {
                chosen[i] = 1 - (less(keys[i], lowest) | less(highest, keys[i]));
            }
            int next = at;
            for (int i = 0; i < count; i++) {
                into[next] = keys[i];
                next += chosen[i];
            }
            return next - at;
        }

        /** 1 if it is, 0 otherwise (Warren 2012, "Hacker's Delight", 2-12). */
        private static int less(int a, int b) {
            return ((a & ~b) | (~(a ^ b) & (a - b))) >>> (Integer.SIZE - 1);
        }
    }
}
