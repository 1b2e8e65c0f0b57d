package org.winnow.pairs;

import java.io.Serializable;
import java.util.Arrays;
import org.winnow.data.Block;

/**
 * Polynomials of degree 1 to {@value #MOST} of the ranks of every column, orthonormal over the rows: sums over all rows of
 * one are 0, of its squares their number, of products of two 0. Of a column without ties they are Legendre's; ties are what
 * they are made for, and a column of k values has k - 1 of them (Stieltjes 1884; Neyman 1937 for tests by such components).
 *
 * @param rows over which they are orthonormal
 * @param degrees of each column; 0 of one that does not vary
 * @param coefficients of each column and degree, of powers from 0 on: {@code [columns][MOST][MOST + 1]}
 * @param shapes of each column and degree, {@code [columns][MOST][3]}
 */
record Polynomials(double rows, int[] degrees, double[] coefficients, double[] shapes) implements Serializable {
    /** Quartics see two rises and two falls. */
    static final int MOST = 4;

    private static final int POWERS = MOST + 1;

    /** Below this part of its leading term's, a deviation is rounding. */
    private static final double NOTHING = 1e-5;

    /**
     * How a polynomial's values are spread.
     *
     * @param skewness squared third moment
     * @param kurtosis fourth moment
     * @param most largest modulus
     */
    record Shape(double skewness, double kurtosis, double most) {}

    /** Those of ranks, of which it is known how often each occurs. */
    static Polynomials of(Ranks.Counted ranked) {
        int columns = ranked.counts().length;
        double rows = 0;
        int[] degrees = new int[columns];
        double[] coefficients = new double[columns * MOST * POWERS];
        double[] shapes = new double[3 * columns * MOST];
        for (int column = 0; column < columns; column++) {
            float[] ranks = ranked.ranks().ranks()[column];
            double[] counts = ranked.counts()[column];
            double[][] values = new double[POWERS][ranks.length];
            double[][] powers = new double[POWERS][POWERS];
            Arrays.fill(values[0], 1);
            powers[0][0] = 1;
            rows = Arrays.stream(counts).sum();
            int degree = 0;
            while (degree < MOST && next(degree, ranks, counts, rows, values, powers)) {
                degree++;
                System.arraycopy(powers[degree], 0, coefficients, (column * MOST + degree - 1) * POWERS, POWERS);
            }
            degrees[column] = degree;
            for (int d = 0; d < degree; d++) {
                shape(values[d + 1], counts, rows, shapes, 3 * (column * MOST + d));
            }
        }
        return new Polynomials(rows, degrees, coefficients, shapes);
    }

    /** Makes the polynomial after a degree: the rank times that one, less what goes with those before, twice for rounding. */
    private static boolean next(
            int degree, float[] ranks, double[] counts, double rows, double[][] values, double[][] powers) {
        double[] next = values[degree + 1];
        double[] power = powers[degree + 1];
        double leading = 0;
        for (int bin = 0; bin < ranks.length; bin++) {
            next[bin] = ranks[bin] * values[degree][bin];
            leading += counts[bin] * next[bin] * next[bin] / rows;
        }
        System.arraycopy(powers[degree], 0, power, 1, MOST);
        for (int time = 0; time < 2; time++) {
            for (int before = degree; before >= 0; before--) {
                double product = 0;
                for (int bin = 0; bin < ranks.length; bin++) {
                    product += counts[bin] * next[bin] * values[before][bin] / rows;
                }
                for (int bin = 0; bin < ranks.length; bin++) {
                    next[bin] -= product * values[before][bin];
                }
                for (int k = 0; k < POWERS; k++) {
                    power[k] -= product * powers[before][k];
                }
            }
        }
        double square = 0;
        for (int bin = 0; bin < ranks.length; bin++) {
            square += counts[bin] * next[bin] * next[bin] / rows;
        }
        if (!(square > NOTHING * NOTHING * leading)) {
            return false;
        }
        double scale = 1 / Math.sqrt(square);
        for (int bin = 0; bin < ranks.length; bin++) {
            next[bin] *= scale;
        }
        for (int k = 0; k < POWERS; k++) {
            power[k] *= scale;
        }
        return true;
    }

    private static void shape(double[] values, double[] counts, double rows, double[] into, int at) {
        double third = 0;
        double fourth = 0;
        double most = 0;
        for (int bin = 0; bin < values.length; bin++) {
            double square = values[bin] * values[bin];
            third += counts[bin] * square * values[bin] / rows;
            fourth += counts[bin] * square * square / rows;
            most = counts[bin] > 0 ? Math.max(most, Math.abs(values[bin])) : most;
        }
        into[at] = third * third;
        into[at + 1] = fourth;
        into[at + 2] = most;
    }

    Shape shape(int column, int degree) {
        int at = 3 * (column * MOST + degree - 1);
        return new Shape(shapes[at], shapes[at + 1], shapes[at + 2]);
    }

    /** The polynomial of a rank; 0 if the column has none of the degree. */
    double of(int column, int degree, double rank) {
        int at = (column * MOST + degree - 1) * POWERS;
        double sum = coefficients[at + degree];
        for (int k = degree - 1; k >= 0; k--) {
            sum = sum * rank + coefficients[at + k];
        }
        return sum;
    }

    /** Makes columns of some rows, row after row: of places from a first to before an end among the columns given. */
    void fill(Block block, int from, int rows, int[] columns, int first, int end, int degree, float[] into) {
        for (int row = 0, at = 0; row < rows; row++) {
            int start = (from + row) * block.columns();
            for (int place = first; place < end; place++) {
                into[at++] = (float) of(columns[place], degree, block.inputs()[start + columns[place]]);
            }
        }
    }
}
