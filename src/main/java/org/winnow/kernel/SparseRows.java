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
        new Entries(starts, indices, values).addProduct(x, y, 0, width);
    }
}
