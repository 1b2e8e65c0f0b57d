package org.winnow.evidence;

/**
 * Products of matrices in the heap, row after row. Java neither contracts nor reorders what is written here, so that the
 * bits are the same on every machine.
 */
final class Product {
    private static final int TILE = 256;

    private Product() {}

    /** {@code c += a b} for {@code a [rows, inner]}, {@code b [inner, columns]}. */
    static void add(double[] a, double[] b, double[] c, int rows, int inner, int columns) {
        add(a, inner, 1, b, c, rows, inner, columns);
    }

    /** {@code c += a' b} for {@code a [inner, rows]}, {@code b [inner, columns]}. */
    static void addTransposed(double[] a, double[] b, double[] c, int rows, int inner, int columns) {
        add(a, 1, rows, b, c, rows, inner, columns);
    }

    /** {@code c[r] += sum over k of a[r rowStep + k innerStep] b[k]}, four rows of b at a time over a tile of columns. */
    private static void add(
            double[] a, int rowStep, int innerStep, double[] b, double[] c, int rows, int inner, int columns) {
        for (int from = 0; from < columns; from += TILE) {
            int width = Math.min(TILE, columns - from);
            for (int row = 0; row < rows; row++) {
                int into = row * columns + from;
                int at = row * rowStep;
                int k = 0;
                for (; k + 4 <= inner; k += 4, at += 4 * innerStep) {
                    int first = k * columns + from;
                    four(
                            c,
                            into,
                            width,
                            b,
                            first,
                            columns,
                            a[at],
                            a[at + innerStep],
                            a[at + 2 * innerStep],
                            a[at + 3 * innerStep]);
                }
                for (; k < inner; k++, at += innerStep) {
                    one(c, into, width, b, k * columns + from, a[at]);
                }
            }
        }
    }

    private static void four(
            double[] c,
            int into,
            int width,
            double[] b,
            int first,
            int step,
            double a0,
            double a1,
            double a2,
            double a3) {
        int second = first + step;
        int third = second + step;
        int fourth = third + step;
        for (int j = 0; j < width; j++) {
            c[into + j] += a0 * b[first + j] + a1 * b[second + j] + (a2 * b[third + j] + a3 * b[fourth + j]);
        }
    }

    private static void one(double[] c, int into, int width, double[] b, int from, double factor) {
        for (int j = 0; j < width; j++) {
            c[into + j] += factor * b[from + j];
        }
    }
}
