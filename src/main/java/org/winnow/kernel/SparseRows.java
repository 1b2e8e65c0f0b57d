package org.winnow.kernel;

import java.util.Arrays;
import org.winnow.check.Check;

/**
 * A matrix with few numbers that are not 0: those of one row after the other (compressed sparse rows).
 *
 * @param columns how many there are
 * @param starts where each row begins among the entries, and at last how many entries there are: {@code [rows + 1]}
 * @param indices the column of each entry, rising within a row
 * @param values of the entries
 */
public record SparseRows(int columns, int[] starts, int[] indices, float[] values) {
    private static final int AT_ONCE = 4;

    /**
     * A matrix of these parts, shared.
     *
     * @throws IllegalArgumentException if they do not make a matrix
     */
    public SparseRows {
        Check.atLeast(0, columns, "columns");
        Check.that(
                starts.length >= 1 && starts[0] == 0, "starts", "a list that begins with 0", Arrays.toString(starts));
        Check.that(
                starts[starts.length - 1] == indices.length && indices.length == values.length,
                "entries",
                "as many as starts say, " + starts[starts.length - 1],
                indices.length + " indices and " + values.length + " values");
        for (int row = 0; row + 1 < starts.length; row++) {
            boolean rises = starts[row] <= starts[row + 1] && starts[row + 1] <= indices.length;
            Check.that(rises, "starts", "rising to the count of entries", Arrays.toString(starts));
            int before = -1;
            for (int i = starts[row]; i < starts[row + 1]; i++) {
                Check.that(
                        indices[i] > before && indices[i] < columns,
                        "index of row " + row,
                        "above " + before + " and below " + columns,
                        indices[i]);
                before = indices[i];
            }
        }
    }

    /** What is not 0 of a matrix in row-major order. */
    public static SparseRows of(double[] dense, int rows, int columns) {
        int count = (int) Arrays.stream(dense).filter(value -> value != 0).count();
        int[] starts = new int[rows + 1];
        int[] indices = new int[count];
        float[] values = new float[count];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = dense[row * columns + column];
                if (value != 0) {
                    indices[at] = column;
                    values[at] = (float) value;
                    at++;
                }
            }
            starts[row + 1] = at;
        }
        return new SparseRows(columns, starts, indices, values);
    }

    /** How many rows there are. */
    public int rows() {
        return starts.length - 1;
    }

    /**
     * The product with a matrix of several columns, plus a number for each row.
     *
     * @param x {@code [columns, width]} in row-major order
     * @param bias {@code [rows]}
     * @param y where the product goes, {@code [rows, width]}
     */
    public void product(float[] x, int width, float[] bias, float[] y) {
        for (int row = 0; row < rows(); row++) {
            Arrays.fill(y, row * width, (row + 1) * width, bias[row]);
        }
        int byKernel = width / Kernel.COLUMNS * Kernel.COLUMNS;
        Kernel.current().addProduct(new Entries(starts, indices, values), x, y, width, byKernel);
        if (byKernel < width) {
            addRest(x, width, byKernel, y);
        }
    }

    /** The columns from one on, to the same bits that the kernel gives. */
    private void addRest(float[] x, int width, int column, float[] y) {
        for (int row = 0; row < rows(); row++) {
            int to = row * width;
            int i = starts[row];
            for (; i + AT_ONCE <= starts[row + 1]; i += AT_ONCE) {
                addFour(i, x, y, to, column, width);
            }
            for (; i < starts[row + 1]; i++) {
                int from = indices[i] * width;
                for (int c = column; c < width; c++) {
                    y[to + c] = Math.fma(values[i], x[from + c], y[to + c]);
                }
            }
        }
    }

    /** What four entries contribute to a row of y, so that it is read and written once for all of them. */
    private void addFour(int entry, float[] x, float[] y, int to, int column, int width) {
        float a = values[entry];
        float b = values[entry + 1];
        float c = values[entry + 2];
        float d = values[entry + 3];
        int fromA = indices[entry] * width;
        int fromB = indices[entry + 1] * width;
        int fromC = indices[entry + 2] * width;
        int fromD = indices[entry + 3] * width;
        for (int i = column; i < width; i++) {
            float sum = Math.fma(b, x[fromB + i], Math.fma(a, x[fromA + i], y[to + i]));
            y[to + i] = Math.fma(d, x[fromD + i], Math.fma(c, x[fromC + i], sum));
        }
    }

    /** Adds a multiple of so many numbers of an array to those of another; the loop that the time goes into. */
    public static void addScaled(float factor, float[] x, int from, float[] y, int to, int width) {
        for (int i = 0; i < width; i++) {
            y[to + i] += factor * x[from + i];
        }
    }
}
