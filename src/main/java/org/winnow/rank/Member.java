package org.winnow.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One judge of a path: a ridge regression of the chosen inputs, fitted on its half of the rows, with what it leaves
 * unexplained on all of them.
 */
final class Member {
    /** Sums at a time: each has to wait for its last addition, and others can be made meanwhile. */
    private static final int ABREAST = 4;

    /** What is to be explained, {@code [outputs][rows]}. */
    private final double[][] targets;
    /** Weights of the rows it learns from, 0 elsewhere; they add up to 1. */
    private final double[] learned;
    /** Weights of the other rows, 0 elsewhere; they add up to 1. */
    private final double[] judged;
    /** The rows it learns from. */
    private final int[] rowsLearned;

    private final int rows;
    private final double ridge;
    private final double[] meansOfTargets;
    /** What is unexplained, {@code [outputs][rows]}. */
    private final double[][] residuals;

    private final List<double[]> chosen = new ArrayList<>();
    /** Means of the chosen inputs over the rows it learns from. */
    private final List<Double> means = new ArrayList<>();

    private final GrowingEquations equations;
    private double[][] coefficients;
    /** Of the rows it learns from the latest input, centred and weighted. */
    private final double[] weighted;

    /** @param targets what is to be explained, {@code [outputs][rows]} */
    Member(double[][] targets, double[] weights, boolean[] half, double refitPrior) {
        this.targets = targets;
        learned = new double[weights.length];
        judged = new double[weights.length];
        int ofHalf = 0;
        for (int row = 0; row < weights.length; row++) {
            (half[row] ? learned : judged)[row] = weights[row];
            ofHalf += half[row] ? 1 : 0;
        }
        toShares(learned);
        toShares(judged);
        rowsLearned = IntStream.range(0, weights.length)
                .filter(row -> learned[row] > 0)
                .toArray();
        weighted = new double[rowsLearned.length];
        rows = Math.max(1, ofHalf);
        ridge = refitPrior / rows;
        meansOfTargets = Arrays.stream(targets).mapToDouble(this::mean).toArray();
        residuals = new double[targets.length][weights.length];
        equations = new GrowingEquations(targets.length);
        coefficients = equations.solved();
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

    /** Of a column over the rows it learns from. */
    private double mean(double... column) {
        double mean = 0;
        for (int row : rowsLearned) {
            mean += learned[row] * column[row];
        }
        return mean;
    }

    /** How many rows it learns from, at least 1. */
    int rows() {
        return rows;
    }

    /** Weights of the rows it learns from, 0 elsewhere. */
    double[] learned() {
        return learned;
    }

    /** Weights of the other rows, 0 elsewhere. */
    double[] judged() {
        return judged;
    }

    /** What is unexplained of an output. */
    double[] residuals(int output) {
        return residuals[output];
    }

    /** Squared error on the rows it did not learn from. */
    double error() {
        double error = 0;
        for (int row = 0; row < judged.length; row++) {
            for (double[] ofOutput : residuals) {
                error += judged[row] * ofOutput[row] * ofOutput[row];
            }
        }
        return error;
    }

    /** Takes an input into the regression; {@link #refit} makes use of it. */
    void choose(double[] column) {
        double mean = mean(column);
        chosen.add(column);
        means.add(mean);
        for (int i = 0; i < weighted.length; i++) {
            int row = rowsLearned[i];
            weighted[i] = learned[row] * (column[row] - mean);
        }
        double[] withChosen = new double[chosen.size()];
        for (int first = 0; first < withChosen.length; first += ABREAST) {
            products(first, withChosen);
        }
        withChosen[withChosen.length - 1] += ridge;
        equations.add(
                withChosen, Arrays.stream(targets).mapToDouble(this::product).toArray());
    }

    /** Products of the latest input with a few of those chosen; behind the last, the last again. */
    private void products(int first, double[] into) {
        int last = into.length - 1;
        int second = Math.min(first + 1, last);
        int third = Math.min(first + 2, last);
        int fourth = Math.min(first + 3, last);
        double[] a = chosen.get(first);
        double[] b = chosen.get(second);
        double[] c = chosen.get(third);
        double[] d = chosen.get(fourth);
        double meanOfA = means.get(first);
        double meanOfB = means.get(second);
        double meanOfC = means.get(third);
        double meanOfD = means.get(fourth);
        double withA = 0;
        double withB = 0;
        double withC = 0;
        double withD = 0;
        for (int i = 0; i < weighted.length; i++) {
            int row = rowsLearned[i];
            withA += weighted[i] * (a[row] - meanOfA);
            withB += weighted[i] * (b[row] - meanOfB);
            withC += weighted[i] * (c[row] - meanOfC);
            withD += weighted[i] * (d[row] - meanOfD);
        }
        into[first] = withA;
        into[second] = withB;
        into[third] = withC;
        into[fourth] = withD;
    }

    /** Of the latest input with a column. */
    private double product(double... column) {
        double product = 0;
        for (int i = 0; i < weighted.length; i++) {
            product += weighted[i] * column[rowsLearned[i]];
        }
        return product;
    }

    /** Fits all chosen inputs anew; {@link #explain} makes use of that. */
    void refit() {
        coefficients = equations.solved();
    }

    /** Says what of some rows is unexplained, from one to before another. */
    void explain(int from, int to) {
        for (int output = 0; output < residuals.length; output++) {
            double[] explained = residuals[output];
            double[] factors = coefficients[output];
            Arrays.fill(explained, from, to, meansOfTargets[output]);
            int input = 0;
            for (; input + ABREAST <= factors.length; input += ABREAST) {
                addFour(input, factors, explained, from, to);
            }
            for (; input < factors.length; input++) {
                add(chosen.get(input), means.get(input), factors[input], explained, from, to);
            }
            subtractFrom(targets[output], explained, from, to);
        }
    }

    /** What four inputs explain, one after the other. */
    private void addFour(int input, double[] factors, double[] into, int from, int to) {
        double[] a = chosen.get(input);
        double[] b = chosen.get(input + 1);
        double[] c = chosen.get(input + 2);
        double[] d = chosen.get(input + 3);
        double meanOfA = means.get(input);
        double meanOfB = means.get(input + 1);
        double meanOfC = means.get(input + 2);
        double meanOfD = means.get(input + 3);
        double ofA = factors[input];
        double ofB = factors[input + 1];
        double ofC = factors[input + 2];
        double ofD = factors[input + 3];
        for (int row = from; row < to; row++) {
            into[row] = into[row]
                    + (a[row] - meanOfA) * ofA
                    + (b[row] - meanOfB) * ofB
                    + (c[row] - meanOfC) * ofC
                    + (d[row] - meanOfD) * ofD;
        }
    }

    private static void add(double[] column, double mean, double factor, double[] into, int from, int to) {
        for (int row = from; row < to; row++) {
            into[row] += (column[row] - mean) * factor;
        }
    }

    private static void subtractFrom(double[] column, double[] values, int from, int to) {
        for (int row = from; row < to; row++) {
            values[row] = column[row] - values[row];
        }
    }
}
