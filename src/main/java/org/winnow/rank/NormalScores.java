package org.winnow.rank;

import java.util.Arrays;
import org.winnow.check.Check;
import org.winnow.kernel.Normal;

/**
 * Values replaced by the normal quantiles of their ranks, {@code quantile(rank / (n + 1))} (van der Waerden 1952). Equal
 * values share the mean of their ranks. The scores of a column have mean 0 and deviation 1, so that neither its unit, nor
 * its skew, nor a few extreme values decide how much it seems to explain.
 */
public final class NormalScores {
    private static final int SIGN = 0x80000000;

    private NormalScores() {}

    /**
     * The scores of every column.
     *
     * @param values row after row, {@code [rows, columns]}; finite
     * @return the scores in the same order; all 0 in a column of one value
     */
    public static float[] of(float[] values, int rows, int columns) {
        Check.that(values.length == (long) rows * columns, "values", rows + " x " + columns + " long", values.length);
        float[] scores = new float[values.length];
        double[] quantiles = quantiles(rows);
        long[] order = new long[rows];
        double[] column = new double[rows];
        for (int c = 0; c < columns; c++) {
            for (int row = 0; row < rows; row++) {
                order[row] = (long) ascending(values[row * columns + c]) << Integer.SIZE | row;
            }
            Arrays.sort(order);
            scores(order, quantiles, column);
            standardise(column);
            for (int row = 0; row < rows; row++) {
                scores[row * columns + c] = (float) column[row];
            }
        }
        return scores;
    }

    /** The quantile of each half rank: of ranks 1, 1.5, 2, … */
    private static double[] quantiles(int rows) {
        double[] quantiles = new double[Math.max(0, 2 * rows - 1)];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = Normal.quantile((1 + i / 2.0) / (rows + 1));
        }
        return quantiles;
    }

    private static void scores(long[] order, double[] quantiles, double[] into) {
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && order[to] >> Integer.SIZE == order[from] >> Integer.SIZE) {
                to++;
            }
            for (int i = from; i < to; i++) {
                into[(int) order[i]] = quantiles[from + to - 1];
            }
            from = to;
        }
    }

    private static void standardise(double[] column) {
        double mean = Arrays.stream(column).average().orElse(0);
        double squares = 0;
        for (double value : column) {
            squares += (value - mean) * (value - mean);
        }
        double scale = squares > 0 ? Math.sqrt(column.length / squares) : 0;
        for (int i = 0; i < column.length; i++) {
            column[i] = (column[i] - mean) * scale;
        }
    }

    /** The bits of a number, in the order of the numbers; both zeros are one. */
    private static int ascending(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return bits < 0 ? ~bits ^ SIGN : bits;
    }
}
