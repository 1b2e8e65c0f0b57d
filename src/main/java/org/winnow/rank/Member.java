package org.winnow.rank;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * One judge of a path: a ridge regression of the chosen inputs, fitted on its half of the rows, with what it leaves
 * unexplained on all of them.
 */
final class Member {
    private final Sample sample;
    /** Weights of the rows it learns from, 0 elsewhere; they add up to 1. */
    private final double[] learned;
    /** Weights of the other rows, 0 elsewhere; they add up to 1. */
    private final double[] judged;

    private final int rows;
    private final double ridge;
    private final double[] means;
    /** What is unexplained, {@code [rows][outputs]}. */
    private final double[][] residuals;

    private final List<double[]> chosen = new ArrayList<>();
    /** Products of each chosen input with those before it and with itself. */
    private final List<double[]> products = new ArrayList<>();

    private final List<double[]> targets = new ArrayList<>();

    Member(Sample sample, double[] weights, boolean[] half, double refitPrior) {
        this.sample = sample;
        learned = new double[sample.rows()];
        judged = new double[sample.rows()];
        int ofHalf = 0;
        for (int row = 0; row < sample.rows(); row++) {
            (half[row] ? learned : judged)[row] = weights[row];
            ofHalf += half[row] ? 1 : 0;
        }
        toShares(learned);
        toShares(judged);
        rows = Math.max(1, ofHalf);
        ridge = refitPrior / rows;
        means = new double[sample.outputs()];
        for (int output = 0; output < means.length; output++) {
            for (int row = 0; row < sample.rows(); row++) {
                means[output] += learned[row] * sample.output(row, output);
            }
        }
        residuals = new double[sample.rows()][means.length];
        refit();
    }

    private static void toShares(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = sum > 0 ? weights[i] / sum : 0;
        }
    }

    /** How many rows it learns from, at least 1. */
    int rows() {
        return rows;
    }

    double learned(int row) {
        return learned[row];
    }

    double judged(int row) {
        return judged[row];
    }

    double residual(int row, int output) {
        return residuals[row][output];
    }

    /** Squared error on the rows it did not learn from. */
    double error() {
        double error = 0;
        for (int row = 0; row < residuals.length; row++) {
            for (double residual : residuals[row]) {
                error += judged[row] * residual * residual;
            }
        }
        return error;
    }

    /** Takes an input into the regression; {@link #refit} makes use of it. */
    void choose(double[] column) {
        double mean = 0;
        for (int row = 0; row < column.length; row++) {
            mean += learned[row] * column[row];
        }
        double[] centred = new double[column.length];
        for (int row = 0; row < column.length; row++) {
            centred[row] = column[row] - mean;
        }
        chosen.add(centred);
        double[] withOthers = new double[chosen.size()];
        double[] withTargets = new double[means.length];
        for (int row = 0; row < centred.length; row++) {
            double weighted = learned[row] * centred[row];
            for (int output = 0; output < means.length; output++) {
                withTargets[output] += weighted * sample.output(row, output);
            }
        }
        for (int other = 0; other < withOthers.length; other++) {
            double[] otherColumn = chosen.get(other);
            for (int row = 0; row < centred.length; row++) {
                withOthers[other] += learned[row] * centred[row] * otherColumn[row];
            }
        }
        products.add(withOthers);
        targets.add(withTargets);
    }

    /** Fits all chosen inputs anew. */
    void refit() {
        double[][] coefficients = coefficients();
        for (int row = 0; row < residuals.length; row++) {
            for (int output = 0; output < means.length; output++) {
                double explained = means[output];
                for (int input = 0; input < coefficients.length; input++) {
                    explained += chosen.get(input)[row] * coefficients[input][output];
                }
                residuals[row][output] = sample.output(row, output) - explained;
            }
        }
    }

    private double[][] coefficients() {
        int count = chosen.size();
        if (count == 0) {
            return new double[0][];
        }
        RealMatrix system = new Array2DRowRealMatrix(count, count);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double product = products.get(i)[j] + (i == j ? ridge : 0);
                system.setEntry(i, j, product);
                system.setEntry(j, i, product);
            }
        }
        RealMatrix right = new Array2DRowRealMatrix(targets.toArray(double[][]::new), false);
        return new CholeskyDecomposition(system).getSolver().solve(right).getData();
    }
}
