package org.winnow.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The number below which a fraction of others lie, interpolated between the two nearest. */
public final class Quantile {
    private Quantile() {}

    /** The quantile of an array's numbers, of which there is at least one. */
    public static double of(INDArray numbers, double fraction) {
        return of(numbers, fraction, false);
    }

    /** The quantile of the moduli of an array's numbers, of which there is at least one. */
    public static double ofModuli(INDArray numbers, double fraction) {
        return of(numbers, fraction, true);
    }

    private static double of(INDArray numbers, double fraction, boolean moduli) {
        int count = Math.toIntExact(numbers.length());
        double place = fraction * (count - 1);
        int below = (int) place;
        int above = Math.min(below + 1, count - 1);
        if (numbers.dataType() == DataType.FLOAT) {
            Ranking.Neighbours found = new Ranking(pieces(numbers, moduli), count).of(below);
            return between(found.lower(), above == below ? found.lower() : found.upper(), place - below);
        }
        double[] sorted = Elements.read(numbers);
        if (moduli) {
            Arrays.setAll(sorted, i -> Math.abs(sorted[i]));
        }
        Arrays.sort(sorted);
        return between(sorted[below], sorted[above], place - below);
    }

    private static Ranking.Pieces pieces(INDArray numbers, boolean moduli) {
        Flat flat = new Flat(numbers);
        return (from, into, count) -> {
            flat.read(into, from, count);
            if (moduli) {
                for (int i = 0; i < count; i++) {
                    into[i] = Math.abs(into[i]);
                }
            }
        };
    }

    private static double between(double lower, double upper, double share) {
        return lower + share * (upper - lower);
    }
}
