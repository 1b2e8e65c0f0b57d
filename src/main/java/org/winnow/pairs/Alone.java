package org.winnow.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.winnow.data.Block;
import org.winnow.kernel.ChiSquare;
import org.winnow.train.Shards;

/**
 * Every column by itself against what is unexplained. For a of {@link Unexplained} and b of {@link Polynomials}
 *
 * <pre>{@code z = sum a b sqrt(rows - 1) / rows}</pre>
 *
 * is standard normal if a column says nothing, but for its {@link Tail}; the sum of squares over degrees and a is chi-square,
 * and so is that over the a of the first degree alone, which sees most of what goes steadily up or down. The p-value of a
 * column is twice the lesser of both.
 */
final class Alone {
    /** Numbers of a shard's sums at a time. */
    private static final int NUMBERS = 1 << 21;

    /** With less squared skewness and excess, bounds for those of products do. */
    private static final double HEAVY = 0.1;

    /** Degrees that products are made of. */
    static final int CROSSED = 2;

    /** Sums of every column and a: those of a b for each degree, then of its squares and of its fourth powers. */
    private static final int SUMS = Polynomials.MOST + 2 * CROSSED;

    private final Unexplained unexplained;
    private final Polynomials polynomials;
    private final double rows;
    /** Third moment squared and fourth moment of each a. */
    private final double[] skewness;

    private final double[] kurtosis;
    /** {@code [columns][SUMS][a]}. */
    private final double[] sums;

    private Alone(Unexplained unexplained, double[] shape, double[] sums) {
        this.unexplained = unexplained;
        this.sums = sums;
        polynomials = unexplained.polynomials();
        rows = polynomials.rows();
        skewness = new double[unexplained.count()];
        kurtosis = new double[unexplained.count()];
        for (int a = 0; a < skewness.length; a++) {
            skewness[a] = shape[2 * a] * shape[2 * a] / (rows * rows);
            kurtosis[a] = shape[2 * a + 1] / rows;
        }
    }

    /** That of shards of ranks. */
    static Alone of(Shards ranked, Unexplained unexplained) {
        int columns = unexplained.polynomials().degrees().length;
        int each = SUMS * unexplained.count();
        if (each == 0) {
            return new Alone(unexplained, new double[0], new double[0]);
        }
        double[] shape = ranked.sums(shard -> unexplained.shape(shard.train()));
        List<double[]> parts = new ArrayList<>();
        int atOnce = Math.max(1, NUMBERS / each);
        for (int from = 0; from < columns; from += atOnce) {
            int[] some = IntStream.range(from, Math.min(columns, from + atOnce)).toArray();
            parts.add(ranked.sums(shard -> sums(shard.train(), unexplained, some)));
        }
        return new Alone(
                unexplained,
                shape,
                parts.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    private static double[] sums(Block block, Unexplained unexplained, int... columns) {
        int count = unexplained.count();
        double[] byKind = new double[SUMS * columns.length * count];
        int each = columns.length * count;
        int most = Matrix.strip(columns.length);
        try (Matrix left = new Matrix(most * columns.length);
                Matrix right = new Matrix(most * count);
                Matrix product = new Matrix(each)) {
            for (int from = 0; from < block.rows(); from += most) {
                int strip = Math.min(most, block.rows() - from);
                double[] a = unexplained.of(block, from, strip);
                for (int degree = 1; degree <= Polynomials.MOST; degree++) {
                    unexplained
                            .polynomials()
                            .fill(block, from, strip, columns, 0, columns.length, degree, left.numbers());
                    for (int i = 0; i < strip * count; i++) {
                        right.numbers()[i] = (float) a[i];
                    }
                    int kinds = degree <= CROSSED ? 3 : 1;
                    for (int kind = 0; kind < kinds; kind++) {
                        if (kind > 0) {
                            left.multiply(left.numbers(), strip * columns.length);
                            right.multiply(right.numbers(), strip * count);
                        }
                        int place = kind == 0 ? degree - 1 : Polynomials.MOST + (kind - 1) * CROSSED + degree - 1;
                        product.addProduct(
                                left.sent(strip, columns.length), right.sent(strip, count), byKind, place * each);
                    }
                }
            }
        }
        return byColumn(byKind, columns.length, count);
    }

    private static double[] byColumn(double[] byKind, int columns, int count) {
        double[] byColumn = new double[byKind.length];
        for (int column = 0, to = 0; column < columns; column++) {
            for (int kind = 0; kind < SUMS; kind++) {
                for (int a = 0; a < count; a++) {
                    byColumn[to++] = byKind[(kind * columns + column) * count + a];
                }
            }
        }
        return byColumn;
    }

    private double sum(int column, int kind, int a) {
        return sums[(column * SUMS + kind) * skewness.length + a];
    }

    Unexplained unexplained() {
        return unexplained;
    }

    /** Whether any a has a tail so heavy, or so one-sided, that it matters how products of columns are spread. */
    boolean heavy() {
        for (int a = 0; a < skewness.length; a++) {
            if (skewness[a] > HEAVY || kurtosis[a] > 3 + HEAVY) {
                return true;
            }
        }
        return false;
    }

    double skewness(int a) {
        return skewness[a];
    }

    double kurtosis(int a) {
        return kurtosis[a];
    }

    /** Variance over the rows of a times b of a degree. */
    double variance(int column, int degree, int a) {
        double mean = mean(column, degree, a);
        return sum(column, Polynomials.MOST + degree - 1, a) / rows - mean * mean;
    }

    /** The mean of a times b of a degree. */
    double mean(int column, int degree, int a) {
        return sum(column, degree - 1, a) / rows;
    }

    /** Fourth moment over the rows of a times b of a degree, not less the mean. */
    double fourth(int column, int degree, int a) {
        return sum(column, Polynomials.MOST + CROSSED + degree - 1, a) / rows;
    }

    /** The chi-square of a column's degrees up to one. */
    double statistic(int column, int most) {
        double statistic = 0;
        for (int degree = 1; degree <= most; degree++) {
            Polynomials.Shape shape = polynomials.shape(column, degree);
            for (int a = 0; a < skewness.length; a++) {
                double z = Math.abs(mean(column, degree, a)) * Math.sqrt(rows - 1);
                double bend = Tail.bend(skewness[a], kurtosis[a], shape.skewness(), shape.kurtosis(), rows);
                double normal = Tail.normal(z, bend);
                statistic += normal * normal;
            }
        }
        return statistic;
    }

    /** Degrees of freedom of a column's statistic. */
    int freedom(int column) {
        return polynomials.degrees()[column] * skewness.length;
    }

    /** The logarithm of a column's p-value, which is not limited to 1. */
    double logP(int column) {
        int degrees = polynomials.degrees()[column];
        if (degrees == 0 || skewness.length == 0) {
            return 0;
        }
        double all = ChiSquare.logUpper(freedom(column), statistic(column, degrees));
        double first = ChiSquare.logUpper(skewness.length, statistic(column, 1));
        return degrees == 1 ? all : Math.min(all, first) + StrictMath.log(2);
    }
}
