package org.winnow.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Mean, spread and range of each column over rows that arrive one by one (Welford 1962), merged as Chan, Golub, LeVeque
 * 1983 do. A missing value (NaN) counts for nothing. The last bits depend on the order; callers keep it fixed.
 */
final class Moments implements Serializable {
    private static final long serialVersionUID = 1;

    private final long[] count;
    private final double[] mean;
    private final double[] squares;
    private final double[] least;
    private final double[] most;

    Moments(int columns) {
        count = new long[columns];
        mean = new double[columns];
        squares = new double[columns];
        least = new double[columns];
        most = new double[columns];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    void add(double[] row) {
        for (int c = 0; c < row.length; c++) {
            double value = row[c];
            if (!Double.isNaN(value)) {
                double before = value - mean[c];
                mean[c] += before / ++count[c];
                squares[c] += before * (value - mean[c]);
                least[c] = Math.min(least[c], value);
                most[c] = Math.max(most[c], value);
            }
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
            long total = count[c] + more;
            double apart = others.mean[other] - mean[c];
            double share = (double) more / total;
            squares[c] += others.squares[other] + apart * apart * share * count[c];
            mean[c] += apart * share;
            count[c] = total;
            least[c] = Math.min(least[c], others.least[other]);
            most[c] = Math.max(most[c], others.most[other]);
        }
    }

    double mean(int column) {
        return mean[column];
    }

    /** The standard deviation over the rows seen, not corrected for their number. */
    double deviation(int column) {
        return Math.sqrt(squares[column] / count[column]);
    }

    /** The least value of a column; infinite if there was none. */
    double least(int column) {
        return least[column];
    }

    /** The largest value of a column; infinite and negative if there was none. */
    double most(int column) {
        return most[column];
    }

    /** Whether every value was the same, or so near that their spread is zero, or there was none. */
    boolean isConstant(int column) {
        return count[column] == 0 || least[column] == most[column] || squares[column] == 0;
    }
}
