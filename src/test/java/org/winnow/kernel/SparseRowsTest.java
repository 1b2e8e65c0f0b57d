package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseRowsTest {
    @Test
    void entriesAreThoseThatAreNotZero() {
        SparseRows rows = SparseRows.of(new double[] {0, 2, -0.0, 0, 0, 0, 3, 0, 4}, 3, 3);
        assertArrayEquals(new int[] {0, 1, 1, 3}, rows.starts());
        assertArrayEquals(new int[] {1, 0, 2}, rows.indices());
        assertArrayEquals(new float[] {2, 3, 4}, rows.values());
        assertEquals(3, rows.rows());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 1})
    void productsAreThoseOfTheDenseMatrix(double density) {
        int height = 7;
        int columns = 19;
        int width = 5;
        double[] dense = new double[height * columns];
        double[] kept = new double[dense.length];
        float[] x = new float[columns * width];
        float[] bias = new float[height];
        Noise.of(1).normal(dense, 0);
        Noise.of(2).uniform(kept, 0);
        Noise.of(3).normal(x, 0);
        Noise.of(4).normal(bias, 0);
        float[] want = new float[height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < columns; column++) {
                int at = row * columns + column;
                dense[at] = kept[at] < density ? dense[at] : 0;
                for (int i = 0; i < width; i++) {
                    want[row * width + i] += (float) dense[at] * x[column * width + i];
                }
            }
            for (int i = 0; i < width; i++) {
                want[row * width + i] += bias[row];
            }
        }
        float[] got = new float[want.length];
        SparseRows.of(dense, height, columns).product(x, width, bias, got);
        assertArrayEquals(want, got, 1e-5f);
    }

    /** Rows that are served one by one, and rows that are served many at once, get the same answers. */
    @Test
    void aColumnHasTheSameBitsWhateverIsBesideIt() {
        int columns = 40;
        int height = 11;
        int width = 2 * Kernel.COLUMNS + 7;
        double[] dense = new double[height * columns];
        double[] kept = new double[dense.length];
        float[] x = new float[columns * width];
        float[] bias = new float[height];
        Noise.of(1).normal(dense, 0);
        Noise.of(2).uniform(kept, 0);
        Noise.of(3).normal(x, 0);
        Noise.of(4).normal(bias, 0);
        for (int i = 0; i < dense.length; i++) {
            int row = i / columns;
            dense[i] = kept[i] < 0.1 * row ? dense[i] : 0;
        }
        SparseRows rows = SparseRows.of(dense, height, columns);
        float[] all = new float[height * width];
        rows.product(x, width, bias, all);
        for (int column = 0; column < width; column++) {
            float[] alone = new float[height];
            rows.product(column(x, width, column), 1, bias, alone);
            assertArrayEquals(column(all, width, column), alone);
        }
    }

    private static float[] column(float[] matrix, int width, int column) {
        float[] numbers = new float[matrix.length / width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = matrix[i * width + column];
        }
        return numbers;
    }

    @Test
    void whatIsNoMatrixIsRefused() {
        refused(2, new int[] {1, 1}, 0);
        refused(2, new int[] {0, 2}, 1, 1);
        refused(2, new int[] {0, 2}, 0, 2);
        refused(2, new int[] {0, 1}, -1);
        refused(2, new int[] {0, 2, 1}, 0);
        refused(2, new int[] {0, 1}, 0, 1);
        refused(2, new int[0]);
    }

    private static void refused(int columns, int[] starts, int... indices) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SparseRows(columns, starts, indices, new float[indices.length]));
    }
}
