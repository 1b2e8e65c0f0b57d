package org.winnow.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Mean, spread and range of each column over rows that arrive one by one (Welford 1962), merged as Chan, Golub, LeVeque
 * 1983 do. A missing value (NaN) counts for nothing. The last bits depend on the order; callers keep it fixed. Values
 * whose squares a double does not hold are counted in units of a power of two, which loses no bit.
 */
final class Moments implements Serializable {
    private static final long serialVersionUID = 1;

    /** The unit of a column is this power of two, 1, or the inverse of it: the least in which squares are small enough. */
    private static final double LARGE = 0x1p800;

    private static final double TINY = 0x1p-800;
    private static final double LARGEST_IN_TINY = 0x1p-300;
    private static final double LARGEST_IN_ONE = 0x1p500;

    private final long[] count;
    private final double[] unit;
    private final double[] mean;
    private final double[] squares;
    private final double[] least;
    private final double[] most;

    Moments(int columns) {
        count = new long[columns];
        unit = new double[columns];
        mean = new double[columns];
        squares = new double[columns];
        least = new double[columns];
        most = new double[columns];
        Arrays.fill(unit, TINY);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    void add(double[] row) {
        for (int c = 0; c < row.length; c++) {
            double value = row[c];
            if (!Double.isNaN(value)) {
                raise(c, unitOf(value));
                double scaled = unit[c] == 1 ? value : value / unit[c];
                double before = scaled - mean[c];
                mean[c] += before / ++count[c];
                squares[c] += before * (scaled - mean[c]);
                least[c] = Math.min(least[c], value);
                most[c] = Math.max(most[c], value);
            }
        }
    }

    private static double unitOf(double value) {
        double size = Math.abs(value);
        return size < LARGEST_IN_TINY ? TINY : size < LARGEST_IN_ONE ? 1 : LARGE;
    }

    private void raise(int c, double wanted) {
        while (unit[c] < wanted) {
            unit[c] *= LARGE;
            mean[c] *= TINY;
            squares[c] = squares[c] * TINY * TINY;
        }
    }

    Moments merge(Moments later) {
        for (int c = 0; c < count.length; c++) {
            merge(c, later, c);
        }
        return this;
    }

    /** Those of one column with the values of all these. */
    Moments together(int[] columns) {
        Moments one = new Moments(1);
        for (int column : columns) {
            one.merge(0, this, column);
        }
        return one;
    }

    private void merge(int c, Moments others, int other) {
        long more = others.count[other];
        if (more > 0) {
            raise(c, others.unit[other]);
            double ratio = others.unit[other] / unit[c];
            long total = count[c] + more;
            double apart = others.mean[other] * ratio - mean[c];
            double share = (double) more / total;
            squares[c] += others.squares[other] * ratio * ratio + apart * apart * share * count[c];
            mean[c] += apart * share;
            count[c] = total;
            least[c] = Math.min(least[c], others.least[other]);
            most[c] = Math.max(most[c], others.most[other]);
        }
    }

    double mean(int column) {
        return mean[column] * unit[column];
    }

    /** The standard deviation over the rows seen, not corrected for their number. */
    double deviation(int column) {
        return Math.sqrt(squares[column] / count[column]) * unit[column];
    }

    /** The least value of a column; infinite if there was none. */
    double least(int column) {
        return least[column];
    }

    /** The largest value of a column; infinite and negative if there was none. */
    double most(int column) {
        return most[column];
    }

    /** Whether there was no value. */
    boolean isEmpty(int column) {
        return count[column] == 0;
    }

    /** Whether every value was the same, or so near that their spread is zero, or there was none. */
    boolean isConstant(int column) {
        return count[column] == 0 || least[column] == most[column] || deviation(column) == 0;
    }
}
