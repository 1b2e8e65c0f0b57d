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
        if (width == 1) {
            addToColumn(x, y, first);
            return;
        }
        int byKernel = width / Kernel.COLUMNS * Kernel.COLUMNS;
        if (byKernel > 0) {
            Kernel.current().addProduct(this, x, y, first, width, byKernel);
        }
        for (int row = 0; row < rows() && byKernel < width; row++) {
            addRest(row, x, y, first + row * width, width, byKernel);
        }
    }

    /** Four rows side by side, as each is a chain of additions. */
    private void addToColumn(float[] x, float[] y, int first) {
        int row = 0;
        for (; row + AT_ONCE <= rows(); row += AT_ONCE) {
            int a = starts[row];
            int b = starts[row + 1];
            int c = starts[row + 2];
            int d = starts[row + 3];
            int shared = Math.min(Math.min(b - a, c - b), Math.min(d - c, starts[row + 4] - d));
            int to = first + row;
            float ofA = y[to];
            float ofB = y[to + 1];
            float ofC = y[to + 2];
            float ofD = y[to + 3];
            for (int i = 0; i < shared; i++) {
                ofA = Math.fma(values[a + i], x[indices[a + i]], ofA);
                ofB = Math.fma(values[b + i], x[indices[b + i]], ofB);
                ofC = Math.fma(values[c + i], x[indices[c + i]], ofC);
                ofD = Math.fma(values[d + i], x[indices[d + i]], ofD);
            }
            y[to] = sum(a + shared, b, x, ofA);
            y[to + 1] = sum(b + shared, c, x, ofB);
            y[to + 2] = sum(c + shared, d, x, ofC);
            y[to + 3] = sum(d + shared, starts[row + 4], x, ofD);
        }
        for (; row < rows(); row++) {
            y[first + row] = sum(starts[row], starts[row + 1], x, y[first + row]);
        }
    }

    private float sum(int from, int to, float[] x, float before) {
        float sum = before;
        for (int i = from; i < to; i++) {
            sum = Math.fma(values[i], x[indices[i]], sum);
        }
        return sum;
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
