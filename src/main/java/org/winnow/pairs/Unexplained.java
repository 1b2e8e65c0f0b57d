package org.winnow.pairs;

import java.io.Serializable;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.winnow.data.Block;
import org.winnow.evidence.Targets;
import org.winnow.train.Shards;

/**
 * What a regression on terms leaves of the targets, times the weights of the rows, made into as many uncorrelated columns as
 * that takes: the a of {@link Tail}. Over the rows each adds up to 0, and its squares to their number. Of two classes there is
 * one, of more at most one less than classes (each what those before it leave), of a number one.
 *
 * @param coefficients of a constant, then of the terms, for each target
 * @param means of what is left of each target
 * @param mix of what is left, less its mean: {@code [targets][columns]}
 */
record Unexplained(
        Targets targets,
        Polynomials polynomials,
        List<Term> terms,
        double[][] coefficients,
        double[] means,
        double[][] mix)
        implements Serializable {
    private static final int STRIP = 256;

    /** What keeps terms that are the same apart, as a share of their squares. */
    private static final double RIDGE = 1e-5;

    /** A target of which less is left, or which those before say so well, says nothing more. */
    private static final double NOTHING = 1e-8;

    /**
     * That of shards of ranks, from a weighted regression.
     *
     * @param terms may be none
     */
    static Unexplained of(Shards ranked, Targets targets, Polynomials polynomials, List<Term> terms) {
        Unexplained plain = new Unexplained(
                targets, polynomials, terms, new double[0][], new double[targets.count()], new double[0][]);
        double[][] fit = plain.solved(ranked.sums(shard -> plain.products(shard.train())));
        Unexplained fitted = new Unexplained(targets, polynomials, terms, fit, plain.means, identity(targets.count()));
        double[] sums = ranked.sums(shard -> fitted.moments(shard.train()));
        int count = targets.count();
        double[] means = new double[count];
        double[][] covariances = new double[count][count];
        for (int i = 0; i < count; i++) {
            means[i] = sums[i] / polynomials.rows();
            for (int j = 0; j < count; j++) {
                covariances[i][j] =
                        sums[count + i * count + j] / polynomials.rows() - means[i] * (sums[j] / polynomials.rows());
            }
        }
        return new Unexplained(targets, polynomials, terms, fit, means, mix(covariances));
    }

    private static double[][] identity(int count) {
        double[][] identity = new double[count][count];
        for (int i = 0; i < count; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    /** How many columns. */
    int count() {
        return mix.length == 0 ? 0 : mix[0].length;
    }

    /** Weighted products of the constant and the terms with themselves, then with the targets. */
    private double[] products(Block block) {
        int width = terms.size() + 1;
        int all = width + targets.count();
        double[] sums = new double[width * all];
        try (Matrix weighted = new Matrix(STRIP * width);
                Matrix plain = new Matrix(STRIP * all);
                Matrix product = new Matrix(width * all)) {
            for (int from = 0; from < block.rows(); from += STRIP) {
                int rows = Math.min(STRIP, block.rows() - from);
                for (int row = 0; row < rows; row++) {
                    double weight = block.weight(from + row);
                    for (int column = 0; column < all; column++) {
                        double value = column >= width
                                ? targets.of(block.targets()[from + row], column - width)
                                : column == 0 ? 1 : terms.get(column - 1).of(polynomials, block, from + row);
                        plain.numbers()[row * all + column] = (float) value;
                        if (column < width) {
                            weighted.numbers()[row * width + column] = (float) (weight * value);
                        }
                    }
                }
                product.addProduct(weighted.sent(rows, width), plain.sent(rows, all), sums, 0);
            }
        }
        return sums;
    }

    private double[][] solved(double... sums) {
        int width = terms.size() + 1;
        int all = width + targets.count();
        RealMatrix system = new Array2DRowRealMatrix(width, width);
        RealMatrix right = new Array2DRowRealMatrix(width, targets.count());
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                double product = sums[i * all + j] + (i == j && i > 0 ? RIDGE * sums[0] : 0);
                system.setEntry(i, j, product);
                system.setEntry(j, i, product);
            }
            for (int target = 0; target < targets.count(); target++) {
                right.setEntry(i, target, sums[i * all + width + target]);
            }
        }
        return new CholeskyDecomposition(system).getSolver().solve(right).getData();
    }

    /** Sums of what is left of each target, then of products of every two. */
    private double[] moments(Block block) {
        int count = targets.count();
        double[] sums = new double[count + count * count];
        for (int from = 0; from < block.rows(); from += STRIP) {
            int rows = Math.min(STRIP, block.rows() - from);
            double[] left = of(block, from, rows);
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < count; i++) {
                    double own = left[row * count + i];
                    sums[i] += own;
                    for (int j = 0; j < count; j++) {
                        sums[count + i * count + j] += own * left[row * count + j];
                    }
                }
            }
        }
        return sums;
    }

    /** Gram and Schmidt: combinations of targets whose variance is 1 and covariances 0, {@code [targets][combinations]}. */
    private static double[][] mix(double[]... covariances) {
        int count = covariances.length;
        double[][] combinations = new double[count][];
        int found = 0;
        for (int target = 0; target < count; target++) {
            double[] next = new double[count];
            next[target] = 1;
            for (int before = 0; before < found; before++) {
                double product = product(covariances, next, combinations[before]);
                for (int i = 0; i < count; i++) {
                    next[i] -= product * combinations[before][i];
                }
            }
            double variance = product(covariances, next, next);
            if (variance > NOTHING * Math.max(1, covariances[target][target])) {
                for (int i = 0; i < count; i++) {
                    next[i] /= Math.sqrt(variance);
                }
                combinations[found++] = next;
            }
        }
        double[][] mix = new double[count][found];
        for (int target = 0; target < count; target++) {
            for (int combination = 0; combination < found; combination++) {
                mix[target][combination] = combinations[combination][target];
            }
        }
        return mix;
    }

    private static double product(double[][] covariances, double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += a[i] * covariances[i][j] * b[j];
            }
        }
        return sum;
    }

    /** Sums of third and fourth powers of every column. */
    double[] shape(Block block) {
        int count = count();
        double[] sums = new double[2 * count];
        for (int from = 0; from < block.rows(); from += STRIP) {
            double[] a = of(block, from, Math.min(STRIP, block.rows() - from));
            for (int i = 0; i < a.length; i++) {
                double square = a[i] * a[i];
                sums[2 * (i % count)] += square * a[i];
                sums[2 * (i % count) + 1] += square * square;
            }
        }
        return sums;
    }

    /** The columns of some of a block's rows, row after row. */
    double[] of(Block block, int from, int rows) {
        int count = count();
        double[] columns = new double[rows * count];
        double[] left = new double[targets.count()];
        for (int row = 0; row < rows; row++) {
            for (int target = 0; target < left.length; target++) {
                left[target] = targets.of(block.targets()[from + row], target) - coefficients[0][target];
            }
            for (int term = 0; term < terms.size(); term++) {
                double value = terms.get(term).of(polynomials, block, from + row);
                for (int target = 0; target < left.length; target++) {
                    left[target] -= value * coefficients[term + 1][target];
                }
            }
            double weight = block.weight(from + row);
            for (int target = 0; target < left.length; target++) {
                double own = weight * left[target] - means[target];
                for (int column = 0; column < count; column++) {
                    columns[row * count + column] += own * mix[target][column];
                }
            }
        }
        return columns;
    }
}
