package org.winnow.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The number below which a fraction of others lie, interpolated between the two nearest. Floats are counted in bins of
 * their leading bits, so that only those of one bin have to be put in order.
 */
public final class Quantile {
    private static final int BIN_BITS = 15;
    private static final int SHIFT = Integer.SIZE - BIN_BITS;
    private static final int ALL_BUT_SIGN = Integer.MAX_VALUE;

    private Quantile() {}

    /** The quantile of an array's numbers, of which there is at least one. */
    public static double of(INDArray numbers, double fraction) {
        if (numbers.dataType() == DataType.FLOAT) {
            float[] floats = new float[Math.toIntExact(numbers.length())];
            new Flat(numbers).floats().get(floats);
            return of(floats, fraction);
        }
        double[] sorted = Elements.read(numbers);
        Arrays.sort(sorted);
        double place = fraction * (sorted.length - 1);
        int below = (int) place;
        return between(sorted[below], sorted[Math.min(below + 1, sorted.length - 1)], place - below);
    }

    private static double of(float[] numbers, double fraction) {
        double place = fraction * (numbers.length - 1);
        int below = (int) place;
        int[] counts = new int[1 << BIN_BITS];
        for (float number : numbers) {
            counts[bin(number)]++;
        }
        double lower = ranked(numbers, counts, below);
        double upper = ranked(numbers, counts, Math.min(below + 1, numbers.length - 1));
        return between(lower, upper, place - below);
    }

    /** The number that so many are before. */
    private static float ranked(float[] numbers, int[] counts, int rank) {
        int bin = 0;
        int before = 0;
        while (before + counts[bin] <= rank) {
            before += counts[bin];
            bin++;
        }
        int wanted = bin;
        float[] ofBin = new float[counts[bin]];
        int found = 0;
        for (float number : numbers) {
            if (bin(number) == wanted) {
                ofBin[found++] = number;
            }
        }
        Arrays.sort(ofBin);
        return ofBin[rank - before];
    }

    /** Bins are in the order of their numbers: the bits of a float are, but for those of negative ones, which are flipped. */
    private static int bin(float number) {
        int bits = Float.floatToRawIntBits(number);
        int ordered = bits ^ ((bits >> (Integer.SIZE - 1)) & ALL_BUT_SIGN);
        return (ordered - Integer.MIN_VALUE) >>> SHIFT;
    }

    private static double between(double lower, double upper, double share) {
        return lower + share * (upper - lower);
    }
}
