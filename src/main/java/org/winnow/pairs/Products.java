package org.winnow.pairs;

import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.FloatMatrix;
import org.winnow.train.Shards;

/**
 * Sums over a shard for products of two columns, {@code c = b_i b_j} with polynomials b of one degree: of {@code a c} for
 * every a of {@link Unexplained}, of c, and of its powers. Columns are taken with those not before them, a block of
 * columns at a time, all sums of a block a product of matrices, {@code (a B_i)' B_j} or {@code (B_i^k)' B_j^k}.
 *
 * @param columns that are paired
 * @param from place among them of the first of the block
 * @param to place after its last
 * @param degrees how many, from the first
 * @param powers of c, from the first
 */
record Products(Unexplained unexplained, int[] columns, int from, int to, int degrees, int powers)
        implements Shards.Sums {
    /** Numbers of a shard's sums. */
    private static final int NUMBERS = 1 << 22;

    /** The block that begins at a place and is as large as its sums may be. */
    static Products from(Unexplained unexplained, int[] columns, int from, int degrees, int powers) {
        long each = (long) degrees * (unexplained.count() + powers) * (columns.length - from);
        int height = (int) Math.max(1, Math.min(columns.length - from, NUMBERS / each));
        return new Products(unexplained, columns, from, from + height, degrees, powers);
    }

    private int height() {
        return to - from;
    }

    private int width() {
        return columns.length - from;
    }

    private int each() {
        return height() * width();
    }

    /** Where a sum of a times c is. */
    int joint(int degree, int a, int i, int j) {
        return at(degree, a, i, j);
    }

    /** Where a sum of a power of c is. */
    int power(int degree, int power, int i, int j) {
        return at(degree, unexplained.count() + power - 1, i, j);
    }

    /** Of columns at two places, the first in the block, the second not before its beginning. */
    private int at(int degree, int sum, int i, int j) {
        return ((degree - 1) * (unexplained.count() + powers) + sum) * each() + (i - from) * width() + j - from;
    }

    @Override
    public double[] of(Shard shard) {
        Block block = shard.train();
        int count = unexplained.count();
        double[] sums = new double[degrees * (count + powers) * each()];
        int most = Matrix.strip(width() + (count + 1) * height());
        try (Matrix left = new Matrix(most * height() * (count + 1));
                Matrix right = new Matrix(most * width());
                Matrix product = new Matrix((count + 1) * each())) {
            float[] plain = new float[most * width()];
            for (int row = 0; row < block.rows(); row += most) {
                int rows = Math.min(most, block.rows() - row);
                double[] a = unexplained.of(block, row, rows);
                for (int degree = 1; degree <= degrees; degree++) {
                    unexplained
                            .polynomials()
                            .fill(block, row, rows, columns, from, columns.length, degree, right.numbers());
                    timesEach(right.numbers(), a, rows, left.numbers());
                    FloatMatrix all = right.sent(rows, width());
                    product.addProduct(
                            left.sent(rows, (count + 1) * height()), all, sums, joint(degree, 0, from, from));
                    System.arraycopy(right.numbers(), 0, plain, 0, rows * width());
                    for (int power = 2; power <= powers; power++) {
                        right.multiply(plain, rows * width());
                        FloatMatrix raised = right.sent(rows, width());
                        FloatMatrix own = raised.block(0, 0, rows, height());
                        product.addProduct(own, raised, sums, power(degree, power, from, from));
                    }
                }
            }
        }
        return sums;
    }

    /** The block's columns, times each a, then as they are. */
    private void timesEach(float[] all, double[] a, int rows, float[] into) {
        int count = unexplained.count();
        for (int row = 0, at = 0; row < rows; row++) {
            for (int which = 0; which <= count; which++) {
                float factor = which == count ? 1 : (float) a[row * count + which];
                for (int i = 0; i < height(); i++) {
                    into[at++] = factor * all[row * width() + i];
                }
            }
        }
    }
}
