package org.winnow.select;

import java.io.Serializable;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.winnow.data.Block;
import org.winnow.data.InputMoments;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;

/**
 * Knockoffs of inputs: second-order Gaussian model-X knockoffs (Candès, Fan, Janson and Lv 2018, arXiv:1610.02351). A
 * knockoff has its input's mean and variance, the same covariance with all others, as little as possible with its own
 * input, and knows nothing of the target:
 *
 * <pre>{@code X~ = m + (x - m)(I - S^-1 D) + N(0, 2 D - D S^-1 D)}</pre>
 *
 * for covariance S and a diagonal D with {@code 2 S - D} positive definite, whose entries are as large as coordinate
 * ascent makes them (Askari, Rebjock, d'Aspremont and El Ghaoui 2020, FANOK, arXiv:2006.08790).
 *
 * @param mean of the inputs
 * @param carried how much of a row's deviation goes into its knockoff, {@code [inputs][inputs]}
 * @param root of the covariance of what is drawn
 */
record Knockoffs(double[] mean, double[][] carried, double[][] root) implements Serializable {
    /** Keeps draws apart from those of training and of the split. */
    private static final long STREAM = 0x4B0C;

    /** Keeps the covariance of inputs that are sums of others invertible. */
    private static final double RIDGE = 1e-4;

    private static final int SWEEPS = 30;
    private static final double BARRIER_DECAY = 0.7;

    static Knockoffs of(InputMoments moments) {
        int inputs = moments.mean().length;
        double[] scale = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            scale[i] = Math.sqrt(moments.covariance(i, i));
        }
        double[][] correlation = new double[inputs][inputs];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < inputs; j++) {
                double r = i == j ? 1 : moments.covariance(i, j) / (scale[i] * scale[j]);
                correlation[i][j] = ((Double.isFinite(r) ? r : 0) + (i == j ? RIDGE : 0)) / (1 + RIDGE);
            }
        }
        RealMatrix inverse = inverse(new Array2DRowRealMatrix(correlation, false));
        RealMatrix apart = MatrixUtils.createRealDiagonalMatrix(apart(correlation));
        RealMatrix solved = inverse.multiply(apart);
        RealMatrix carried = MatrixUtils.createRealIdentityMatrix(inputs).subtract(solved);
        RealMatrix drawn = apart.scalarMultiply(2).subtract(apart.multiply(solved));
        RealMatrix scaling = MatrixUtils.createRealDiagonalMatrix(scale);
        RealMatrix unscaling = MatrixUtils.createRealDiagonalMatrix(inverted(scale));
        return new Knockoffs(
                moments.mean(),
                unscaling.multiply(carried).multiply(scaling).getData(),
                root(drawn).multiply(scaling).getData());
    }

    /** The diagonal D for a correlation matrix. */
    static double[] apart(double[][] correlation) {
        int inputs = correlation.length;
        double[] apart = new double[inputs];
        double[][] inverse =
                inverse(new Array2DRowRealMatrix(correlation).scalarMultiply(2)).getData();
        double barrier = 1;
        for (int sweep = 0; sweep < SWEEPS; sweep++, barrier *= BARRIER_DECAY) {
            for (int j = 0; j < inputs; j++) {
                double most = apart[j] + 1 / inverse[j][j];
                double next = Math.max(0, Math.min(1, most * (1 - barrier * 0.5) - 1e-6));
                double change = next - apart[j];
                double factor = change / (1 - change * inverse[j][j]);
                double[] column = inverse[j].clone();
                for (int a = 0; a < inputs; a++) {
                    for (int b = 0; b < inputs; b++) {
                        inverse[a][b] += factor * column[a] * column[b];
                    }
                }
                apart[j] = next;
            }
        }
        return apart;
    }

    private static RealMatrix inverse(RealMatrix matrix) {
        return new LUDecomposition(matrix).getSolver().getInverse();
    }

    private static double[] inverted(double[] scale) {
        double[] inverted = new double[scale.length];
        for (int i = 0; i < scale.length; i++) {
            inverted[i] = scale[i] > 0 ? 1 / scale[i] : 0;
        }
        return inverted;
    }

    private static RealMatrix root(RealMatrix covariance) {
        RealMatrix symmetric = covariance.add(covariance.transpose()).scalarMultiply(0.5);
        EigenDecomposition eigen = new EigenDecomposition(symmetric);
        double[] roots = eigen.getRealEigenvalues();
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(Math.max(0, roots[i]));
        }
        return eigen.getV()
                .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
                .multiply(eigen.getVT());
    }

    /** A shard whose rows have their knockoffs' inputs after their own. */
    Shard beside(Shard shard, long seed) {
        Noise noise = Noise.of(seed).child(STREAM, shard.index());
        return new Shard(shard.index(), beside(shard.train(), noise.child(0)), beside(shard.test(), noise.child(1)));
    }

    private Block beside(Block block, Noise noise) {
        int columns = block.columns();
        float[] wide = new float[Math.multiplyExact(2, block.inputs().length)];
        double[] drawn = new double[columns];
        for (int row = 0; row < block.rows(); row++) {
            System.arraycopy(block.inputs(), row * columns, wide, 2 * row * columns, columns);
            noise.normal(drawn, (long) row * columns);
            for (int to = 0; to < columns; to++) {
                double value = mean[to];
                for (int from = 0; from < columns; from++) {
                    value += (block.inputs()[row * columns + from] - mean[from]) * carried[from][to]
                            + drawn[from] * root[from][to];
                }
                wide[(2 * row + 1) * columns + to] = (float) value;
            }
        }
        return new Block(block.rows(), 2 * columns, wide, block.targets(), block.weights());
    }

    /**
     * The knockoff+ filter: keeps what is ahead of its knockoff by at least the least lead at which those behind by as
     * much, and one, are at most the share {@code fdr} of those ahead. The expected share of false ones is then at most
     * {@code fdr}.
     *
     * @param leads of each over its knockoff; as often below as above 0 for what does not matter
     */
    static boolean[] filter(double[] leads, double fdr) {
        double least = Double.POSITIVE_INFINITY;
        for (double lead : leads) {
            double size = Math.abs(lead);
            if (size > 0 && size < least) {
                int ahead = 0;
                int behind = 1;
                for (double other : leads) {
                    ahead += other >= size ? 1 : 0;
                    behind += other <= -size ? 1 : 0;
                }
                least = behind <= fdr * Math.max(1, ahead) ? size : least;
            }
        }
        boolean[] kept = new boolean[leads.length];
        for (int i = 0; i < leads.length; i++) {
            kept[i] = leads[i] >= least;
        }
        return kept;
    }
}
