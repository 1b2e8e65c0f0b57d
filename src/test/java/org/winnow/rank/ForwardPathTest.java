package org.winnow.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.winnow.kernel.Noise;

class ForwardPathTest {
    private static final Noise HALVES = Noise.of(7);
    private static final int ROWS = 60;

    /** Inputs of noise; inputs 1 and 3 make the target, and the last is a copy of input 1. */
    private static Sample sample(int classes, int inputs, int... gateOfInput) {
        Noise noise = Noise.of(3);
        float[] values = new float[ROWS * inputs];
        float[] targets = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (int input = 0; input < inputs; input++) {
                int drawn = input == inputs - 1 ? 1 : input;
                values[row * inputs + input] = (float) noise.normal((long) row * inputs + drawn);
            }
            double score = 2 * values[row * inputs + 1] - values[row * inputs + 3];
            targets[row] = (float)
                    (classes == 0 ? score : Math.max(0, Math.min(classes - 1, Math.floor(score + classes / 2.0))));
        }
        double[] weights =
                IntStream.range(0, ROWS).mapToDouble(row -> 1 + row % 3).toArray();
        return new Sample(ROWS, gateOfInput, NormalScores.of(values, ROWS, inputs), classes, targets, weights);
    }

    private static Path path(Sample sample, PathOptions options, Noise halves) {
        int[] none = new int[sample.gates()];
        Arrays.fill(none, Copies.NONE);
        return ForwardPath.of(sample, none, options, halves);
    }

    private static int[] gateEach(int inputs) {
        return IntStream.range(0, inputs).toArray();
    }

    @Test
    void whatMattersComesFirstAndACopyOfItDoesNot() {
        for (int classes : new int[] {0, 2, 3}) {
            Path path = path(sample(classes, 8, gateEach(8)), new PathOptions(20, 20, 1, 8), HALVES);
            assertEquals(3, path.order()[1], () -> classes + " classes: " + Arrays.toString(path.order()));
            assertTrue(path.order()[0] == 1 || path.order()[0] == 7, () -> Arrays.toString(path.order()));
            assertTrue(path.errors()[1] < path.errors()[0] && path.errors()[0] < 1);
        }
    }

    @Test
    void theFastFormIsTheFormulas() {
        for (int classes : new int[] {0, 2, 4}) {
            Sample sample = sample(classes, 6, 0, 1, 1, 2, 3, 4);
            PathOptions options = new PathOptions(5, 10, 30, 3);
            Path path = path(sample, options, HALVES);
            ByFormula byFormula = new ByFormula(sample, options);
            double before = byFormula.error();
            for (int step = 0; step < options.steps(); step++) {
                int gate = path.order()[step];
                double[] gains = byFormula.gains();
                double most = Arrays.stream(gains).max().orElseThrow();
                assertEquals(most, gains[gate], 1e-6 * before);
                assertEquals(gains[gate] / before, path.gains()[step], 1e-5);
                byFormula.open(gate);
                assertEquals(byFormula.error() / before, path.errors()[step], 1e-5);
            }
        }
    }

    @Test
    void everyGateHasOnePlace() {
        Path path = path(sample(3, 9, gateEach(9)), new PathOptions(6, 20, 80, 2), HALVES);
        assertArrayEquals(gateEach(9), Arrays.stream(path.order()).sorted().toArray());
        assertEquals(2, path.errors().length);
        for (int place = 3; place < 9; place++) {
            assertTrue(path.gains()[place] <= path.gains()[place - 1]);
        }
    }

    @Test
    void aGateOfMoreInputsThanCanBeChosenIsRankedByItsGain() {
        int inputs = 251;
        int[] wide =
                IntStream.range(0, inputs).map(input -> input < 2 ? input : 2).toArray();
        Path path = path(sample(0, inputs, wide), new PathOptions(4, 20, 80, 3), HALVES);
        assertArrayEquals(gateEach(3), Arrays.stream(path.order()).sorted().toArray());
        assertEquals(
                IntStream.range(0, 3)
                        .filter(place -> path.order()[place] == 2)
                        .findFirst()
                        .orElseThrow(),
                path.errors().length);
    }

    @Test
    void manyInputsAndClassesHaveFewerMembers() {
        float[] values = new float[4 * 100_000];
        Sample sample =
                new Sample(4, gateEach(100_000), values, 40, new float[] {0, 1, 2, 3}, new double[] {1, 1, 1, 1});
        assertEquals(4, PathOptions.of(sample).members());
        assertEquals(50, PathOptions.of(sample(2, 8, gateEach(8))).members());
    }

    @Test
    void theSameKeyGivesTheSameBits() {
        PathOptions options = PathOptions.of(sample(2, 8, gateEach(8)));
        Path one = path(sample(2, 8, gateEach(8)), options, HALVES);
        Path other = path(sample(2, 8, gateEach(8)), options, HALVES);
        assertArrayEquals(one.order(), other.order());
        assertArrayEquals(one.gains(), other.gains());
        Path drawnAnew = path(sample(2, 8, gateEach(8)), options, Noise.of(8));
        assertTrue(!Arrays.equals(one.gains(), drawnAnew.gains()));
    }

    @Test
    void noiseGainsNothingOnOtherRows() {
        Noise noise = Noise.of(11);
        float[] values = new float[ROWS * 40];
        noise.normal(values, 0);
        float[] targets = new float[ROWS];
        noise.child(1).normal(targets, 0);
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 1);
        Sample sample = new Sample(ROWS, gateEach(40), values, 0, targets, weights);
        Path path = path(sample, new PathOptions(50, 20, 80, 20), HALVES);
        assertTrue(path.errors()[19] > 0.9, () -> "error " + path.errors()[19]);
    }

    /** The same, formula by formula, for a gate at a time. */
    private static final class ByFormula {
        private final Sample sample;
        private final PathOptions options;
        private final boolean[][] halves;
        private final boolean[] open;

        ByFormula(Sample sample, PathOptions options) {
            this.sample = sample;
            this.options = options;
            halves = Halves.of(sample, options.members(), HALVES);
            open = new boolean[sample.gates()];
        }

        void open(int gate) {
            open[gate] = true;
        }

        double[] gains() {
            double[] gains = new double[open.length];
            for (boolean[] half : halves) {
                RealMatrix residual = residual(half);
                double[] u = shares(half, true);
                double[] v = shares(half, false);
                for (int input = 0; input < sample.width(); input++) {
                    double[] z = sample.column(input);
                    double s = sum(u, z, z) + options.prior() / count(half);
                    for (int output = 0; output < sample.outputs(); output++) {
                        double[] r = residual.getColumn(output);
                        double beta = sum(u, z, r) / s;
                        gains[sample.gateOfInput()[input]] +=
                                (2 * beta * sum(v, z, r) - beta * beta * sum(v, z, z)) / halves.length;
                    }
                }
            }
            for (int gate = 0; gate < open.length; gate++) {
                gains[gate] = open[gate] ? Double.NEGATIVE_INFINITY : gains[gate];
            }
            return gains;
        }

        double error() {
            double error = 0;
            for (boolean[] half : halves) {
                RealMatrix residual = residual(half);
                double[] v = shares(half, false);
                for (int output = 0; output < sample.outputs(); output++) {
                    double[] r = residual.getColumn(output);
                    error += sum(v, r, r) / halves.length;
                }
            }
            return error;
        }

        /** {@code r = y - m - (X - c) (X' U X + prior / n I)^-1 X' U y}. */
        private RealMatrix residual(boolean... half) {
            double[] u = shares(half, true);
            int[] chosen = IntStream.range(0, sample.width())
                    .filter(input -> open[sample.gateOfInput()[input]])
                    .toArray();
            double[] ones = new double[ROWS];
            Arrays.fill(ones, 1);
            double[][] x = new double[ROWS][chosen.length + 1];
            double[][] y = new double[ROWS][sample.outputs()];
            for (int row = 0; row < ROWS; row++) {
                x[row][chosen.length] = 1;
                for (int output = 0; output < sample.outputs(); output++) {
                    y[row][output] = sample.output(row, output);
                }
            }
            double[][] system = new double[chosen.length + 1][chosen.length + 1];
            for (int i = 0; i < chosen.length; i++) {
                double[] column = sample.column(chosen[i]);
                double mean = sum(u, column, ones);
                for (int row = 0; row < ROWS; row++) {
                    x[row][i] = column[row] - mean;
                }
                system[i][i] = options.refitPrior() / count(half);
            }
            RealMatrix design = new Array2DRowRealMatrix(x);
            RealMatrix weighted = design.copy();
            for (int row = 0; row < ROWS; row++) {
                weighted.setRowVector(row, design.getRowVector(row).mapMultiply(u[row]));
            }
            RealMatrix targets = new Array2DRowRealMatrix(y);
            RealMatrix left = weighted.transpose().multiply(design).add(new Array2DRowRealMatrix(system));
            RealMatrix coefficients = new LUDecomposition(left)
                    .getSolver()
                    .solve(weighted.transpose().multiply(targets));
            return targets.subtract(design.multiply(coefficients));
        }

        private double[] shares(boolean[] half, boolean learned) {
            double[] balanced = sample.balanced();
            double total = IntStream.range(0, ROWS)
                    .filter(row -> half[row] == learned)
                    .mapToDouble(row -> balanced[row])
                    .sum();
            return IntStream.range(0, ROWS)
                    .mapToDouble(row -> half[row] == learned ? balanced[row] / total : 0)
                    .toArray();
        }

        private static double count(boolean... half) {
            return IntStream.range(0, half.length).filter(row -> half[row]).count();
        }

        private static double sum(double[] a, double[] b, double[] c) {
            return IntStream.range(0, a.length)
                    .mapToDouble(i -> a[i] * b[i] * c[i])
                    .sum();
        }
    }
}
