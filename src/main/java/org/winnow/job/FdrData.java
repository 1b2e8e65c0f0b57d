package org.winnow.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;
import org.winnow.train.Head;
import org.winnow.train.Shards;

/**
 * Rows of which it is known what the target depends on, for {@link FdrBench}; columns are in random order.
 *
 * @param rows of inputs
 * @param targets numbers, or classes
 * @param head what the targets are
 * @param relevant columns that the target depends on given all others
 */
record FdrData(double[][] rows, double[] targets, Head head, Set<Integer> relevant) {
    private static final long STREAM = 0xFD12;
    private static final int SHARDS = 2;
    private static final double DEGREES = 3;

    /** A way to make such data. */
    enum Case {
        INDEPENDENT(1000, 100),
        BINARY(1000, 100),
        HEAVY_TAILS(1000, 100),
        AR1(1000, 100),
        NONLINEAR(1000, 100),
        HEAVY_TAILS_AR1(1000, 100),
        FEW_OF_MANY(2000, 500),
        NOISE(1000, 100),
        UNEQUAL_NOISE(1000, 100),
        CLASSES(1000, 100),
        WIDE(200, 1000),
        WIDE_AR1(200, 1000),
        WIDE_EQUICORRELATED(200, 1000),
        DENSE(300, 1000);

        private final int rows;
        private final int columns;

        Case(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
        }

        int rows() {
            return rows;
        }

        int columns() {
            return columns;
        }

        /** The rows of a seed. */
        FdrData make(long seed) {
            Noise noise = Noise.of(seed).child(STREAM, name().hashCode());
            double[][] x = inputs(noise.child(0));
            double[][] z = standardised(x);
            Permutation order = Permutation.of(noise.child(1), columns);
            Noise signs = noise.child(2);
            Noise errors = noise.child(3);
            Set<Integer> relevant = new TreeSet<>();
            for (int i = 0; i < count(); i++) {
                relevant.add((int) order.apply(i));
            }
            double[] y = new double[rows];
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                for (int i = 0; i < count(); i++) {
                    sum += effect(z[row], order, i) * (this == NONLINEAR || signs.uniform(i) < 0.5 ? 1 : -1);
                }
                y[row] = target(sum, errors, row, z[row][(int) order.apply(count())]);
            }
            if (this == UNEQUAL_NOISE) {
                relevant.add((int) order.apply(count()));
            }
            return new FdrData(x, y, this == CLASSES ? Head.classes(3) : Head.number(), relevant);
        }

        /** Columns of which the mean of the target depends. */
        private int count() {
            return switch (this) {
                case FEW_OF_MANY -> 5;
                case NOISE -> 0;
                case UNEQUAL_NOISE, WIDE, WIDE_AR1, WIDE_EQUICORRELATED -> 10;
                case DENSE -> 100;
                default -> 30;
            };
        }

        private double effect(double[] z, Permutation order, int which) {
            double own = z[(int) order.apply(which)];
            return switch (this) {
                case AR1, HEAVY_TAILS_AR1 -> 0.3 * own;
                case NONLINEAR -> nonlinear(z, order, which, own);
                case UNEQUAL_NOISE -> 0.4 * own;
                case WIDE, WIDE_AR1, WIDE_EQUICORRELATED -> 0.8 * own;
                case DENSE -> 0.25 * own;
                case CLASSES -> 0.5 * own;
                default -> 0.2 * own;
            };
        }

        /** Ten as they are, ten bent, and ten times another. */
        private static double nonlinear(double[] z, Permutation order, int which, double own) {
            if (which < 10) {
                return 0.3 * own;
            }
            if (which < 20) {
                return 0.45 * (Math.abs(own) - 0.8);
            }
            return which < 25 ? 0.5 * own * z[(int) order.apply(which + 5)] : 0;
        }

        private double target(double sum, Noise errors, int row, double beside) {
            double error = errors.normal(row);
            return switch (this) {
                case UNEQUAL_NOISE -> sum + error * StrictMath.exp(0.7 * beside);
                case CLASSES -> sum + error < -0.7 ? 0 : sum + error < 0.7 ? 1 : 2;
                default -> sum + error;
            };
        }

        private double[][] inputs(Noise noise) {
            double[][] x = new double[rows][columns];
            Noise rates = noise.child(2);
            for (int row = 0; row < rows; row++) {
                noise.child(0).normal(x[row], (long) row * columns);
                Noise own = noise.child(1, row);
                switch (this) {
                    case AR1, UNEQUAL_NOISE, CLASSES, WIDE_AR1 -> autoregress(x[row], 0.7);
                    case DENSE -> autoregress(x[row], 0.8);
                    case HEAVY_TAILS_AR1 -> {
                        autoregress(x[row], 0.7);
                        double scale = scale(own, 0);
                        for (int i = 0; i < columns; i++) {
                            x[row][i] /= scale;
                        }
                    }
                    case HEAVY_TAILS -> {
                        for (int i = 0; i < columns; i++) {
                            x[row][i] /= scale(own, i);
                        }
                    }
                    case FEW_OF_MANY, WIDE_EQUICORRELATED -> {
                        double common = own.normal(0);
                        for (int i = 0; i < columns; i++) {
                            x[row][i] = Math.sqrt(0.5) * (x[row][i] + common);
                        }
                    }
                    case BINARY -> {
                        for (int i = 0; i < columns; i++) {
                            x[row][i] = own.uniform(i) < 0.1 + 0.4 * rates.uniform(i) ? 1 : 0;
                        }
                    }
                    default -> {}
                }
            }
            return x;
        }

        private static void autoregress(double[] x, double by) {
            for (int i = 1; i < x.length; i++) {
                x[i] = by * x[i - 1] + Math.sqrt(1 - by * by) * x[i];
            }
        }

        /** The root of chi-square over its degrees of freedom. */
        private static double scale(Noise noise, int which) {
            double sum = 0;
            for (int i = 0; i < DEGREES; i++) {
                double normal = noise.normal((long) (which * DEGREES) + i);
                sum += normal * normal;
            }
            return Math.sqrt(sum / DEGREES);
        }
    }

    private static double[][] standardised(double[][] x) {
        int columns = x[0].length;
        double[][] z = new double[x.length][columns];
        for (int i = 0; i < columns; i++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : x) {
                sum += row[i];
                squares += row[i] * row[i];
            }
            double mean = sum / x.length;
            double deviation = Math.sqrt(squares / x.length - mean * mean);
            for (int row = 0; row < x.length; row++) {
                z[row][i] = (x[row][i] - mean) / deviation;
            }
        }
        return z;
    }

    /** The rows as a training has them. */
    Shards shards() {
        List<Shard> shards = new ArrayList<>();
        for (int index = 0; index < SHARDS; index++) {
            int from = index * rows.length / SHARDS;
            int to = (index + 1) * rows.length / SHARDS;
            int columns = rows[0].length;
            float[] inputs = new float[(to - from) * columns];
            float[] own = new float[to - from];
            for (int row = from; row < to; row++) {
                own[row - from] = (float) targets[row];
                for (int i = 0; i < columns; i++) {
                    inputs[(row - from) * columns + i] = (float) rows[row][i];
                }
            }
            Block none = new Block(0, columns, new float[0], new float[0]);
            shards.add(new Shard(index, new Block(to - from, columns, inputs, own), none));
        }
        return Shards.inThread(shards);
    }
}
