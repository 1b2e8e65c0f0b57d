package org.winnow.kernel;

/**
 * What is not 0 of a matrix, row after row (compressed sparse rows).
 *
 * @param starts where each row begins among the entries, and at last how many entries there are: {@code [rows + 1]}
 * @param indices the column of each entry; there may be room for more
 * @param values of the entries; there may be room for more
 */
public record Entries(int[] starts, int[] indices, float[] values) {
    private static final int AT_ONCE = 4;

    int rows() {
        return starts.length - 1;
    }

    /**
     * Adds the product with a matrix of several columns, entry by entry, rounded once each: a column gets the same bits
     * whatever is beside it.
     *
     * @param x {@code [columns, width]} in row-major order
     * @param y where the product is added, {@code [rows, width]}
     * @param first where y begins
     */
    public void addProduct(float[] x, float[] y, int first, int width) {
        int byKernel = width / Kernel.COLUMNS * Kernel.COLUMNS;
        if (byKernel > 0) {
            Kernel.current().addProduct(this, x, y, first, width, byKernel);
        }
        for (int row = 0; row < rows() && byKernel < width; row++) {
            addRest(row, x, y, first + row * width, width, byKernel);
        }
    }

    /** Adds to the columns of a row from one on. */
    private void addRest(int row, float[] x, float[] y, int to, int width, int column) {
        int i = starts[row];
        for (; i + AT_ONCE <= starts[row + 1]; i += AT_ONCE) {
            addFour(i, x, y, to, width, column);
        }
        for (; i < starts[row + 1]; i++) {
            int from = indices[i] * width;
            for (int c = column; c < width; c++) {
                y[to + c] = Math.fma(values[i], x[from + c], y[to + c]);
            }
        }
    }

    /** What four entries contribute to a row of y, so that it is read and written once for all of them. */
    private void addFour(int entry, float[] x, float[] y, int to, int width, int column) {
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
}
