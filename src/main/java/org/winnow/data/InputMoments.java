package org.winnow.data;

import java.io.Serializable;

/**
 * Means and joint deviations of a network's inputs over rows, from parts that merge (Chan, Golub and LeVeque 1979).
 *
 * @param count rows
 * @param mean of each input
 * @param products sums of products of deviations, {@code [inputs][inputs]}
 */
public record InputMoments(long count, double[] mean, double[][] products) implements Serializable {

    /** Those of a block's rows. */
    public static InputMoments of(Block block) {
        int columns = block.columns();
        double[] mean = new double[columns];
        double[][] products = new double[columns][columns];
        double[] before = new double[columns];
        for (int row = 0; row < block.rows(); row++) {
            for (int i = 0; i < columns; i++) {
                before[i] = block.inputs()[row * columns + i] - mean[i];
                mean[i] += before[i] / (row + 1);
            }
            double weight = row / (row + 1.0);
            for (int i = 0; i < columns; i++) {
                for (int j = 0; j < columns; j++) {
                    products[i][j] += before[i] * before[j] * weight;
                }
            }
        }
        return new InputMoments(block.rows(), mean, products);
    }

    /** These and those of further rows. */
    public InputMoments merge(InputMoments more) {
        if (more.count == 0) {
            return this;
        }
        long total = count + more.count;
        double[] merged = new double[mean.length];
        double[][] sums = new double[mean.length][mean.length];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = mean[i] + (more.mean[i] - mean[i]) * more.count / total;
            for (int j = 0; j < merged.length; j++) {
                double apart = (more.mean[i] - mean[i]) * (more.mean[j] - mean[j]);
                sums[i][j] = products[i][j] + more.products[i][j] + apart * ((double) count * more.count / total);
            }
        }
        return new InputMoments(total, merged, sums);
    }

    /** Covariance of two inputs. */
    public double covariance(int i, int j) {
        return products[i][j] / count;
    }
}
