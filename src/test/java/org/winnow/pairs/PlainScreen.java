package org.winnow.pairs;

import java.util.Arrays;
import org.winnow.data.Block;

/**
 * The first pass of a screen by its formulas, row by row and pair by pair, for a target of one column: two classes, or a
 * number whose normal scores are given.
 */
final class PlainScreen {
    private final int rows;
    private final double[] a;
    /** {@code [columns][degrees][rows]}. */
    private final double[][][] b;

    /** @param scores of the target */
    PlainScreen(Block block, double... scores) {
        rows = block.rows();
        double mean = 0;
        double weights = 0;
        for (int row = 0; row < rows; row++) {
            mean += block.weight(row) * scores[row];
            weights += block.weight(row);
        }
        a = new double[rows];
        for (int row = 0; row < rows; row++) {
            a[row] = block.weight(row) * (scores[row] - mean / weights);
        }
        double scale = Math.sqrt(moment(a, 2));
        Arrays.setAll(a, row -> a[row] / scale);
        b = new double[block.columns()][][];
        for (int column = 0; column < b.length; column++) {
            b[column] = polynomials(ranks(block, column));
        }
    }

    static double[] ranks(Block block, int column) {
        double[] ranks = new double[block.rows()];
        for (int row = 0; row < ranks.length; row++) {
            float own = block.inputs()[row * block.columns() + column];
            for (int other = 0; other < ranks.length; other++) {
                float its = block.inputs()[other * block.columns() + column];
                ranks[row] += its < own ? 2 : its == own ? 1 : 0;
            }
            ranks[row] = ranks[row] / ranks.length - 1;
        }
        return ranks;
    }

    private static double[][] polynomials(double... ranks) {
        int distinct = (int) Arrays.stream(ranks).distinct().count();
        double[][] all = new double[Math.min(5, distinct)][ranks.length];
        Arrays.fill(all[0], 1);
        for (int degree = 1; degree < all.length; degree++) {
            double[] own = all[degree];
            int power = degree;
            Arrays.setAll(own, row -> Math.pow(ranks[row], power));
            for (int time = 0; time < 3; time++) {
                for (int before = 0; before < degree; before++) {
                    double[] other = all[before];
                    double product = mean(times(own, other));
                    Arrays.setAll(own, row -> own[row] - product * other[row]);
                }
            }
            double scale = Math.sqrt(moment(own, 2));
            Arrays.setAll(own, row -> own[row] / scale);
        }
        return Arrays.copyOfRange(all, 1, all.length);
    }

    private static double[] times(double[] first, double[] second) {
        double[] product = new double[first.length];
        Arrays.setAll(product, row -> first[row] * second[row]);
        return product;
    }

    private static double mean(double... values) {
        return moment(values, 1);
    }

    private static double moment(double[] values, int power) {
        return Arrays.stream(values).map(value -> Math.pow(value, power)).sum() / values.length;
    }

    private static double[] centred(double... values) {
        double mean = mean(values);
        return Arrays.stream(values).map(value -> value - mean).toArray();
    }

    int degrees(int column) {
        return b[column].length;
    }

    /** Chi-square of a column's degrees up to one. */
    double alone(int column, int most) {
        double sum = 0;
        for (int degree = 0; degree < most; degree++) {
            double[] own = b[column][degree];
            double z = Math.abs(mean(times(a, own))) * Math.sqrt(rows - 1);
            double bend = Tail.bend(
                    Math.pow(moment(a, 3), 2), moment(a, 4), Math.pow(moment(own, 3), 2), moment(own, 4), rows);
            sum += Math.pow(Tail.normal(z, bend), 2);
        }
        return sum;
    }

    /** Chi-square of the product of two columns, third and fourth moments of the product known or bounded. */
    double product(int first, int second, int degree, boolean heavy) {
        double[] own = b[first][degree - 1];
        double[] other = b[second][degree - 1];
        double[] c = centred(times(own, other));
        double sum = Math.abs(mean(times(a, times(own, other)))) * Math.sqrt(rows - 1);
        double variance = moment(c, 2);
        double most = largest(own) * largest(other) + Math.abs(mean(times(own, other)));
        double kurtosis = heavy ? moment(c, 4) / (variance * variance) : most * most / variance;
        double skewness = heavy ? Math.pow(moment(c, 3), 2) / Math.pow(variance, 3) : kurtosis - 1;
        double overTargets = Tail.normal(
                sum / Math.sqrt(variance),
                Tail.bend(Math.pow(moment(a, 3), 2), moment(a, 4), skewness, Math.max(1, kurtosis), rows));
        double normal = Math.min(overTargets, Math.min(overColumn(sum, own, other), overColumn(sum, other, own)));
        return normal * normal;
    }

    private double overColumn(double sum, double[] own, double[] other) {
        double[] e = times(a, own);
        double variance = moment(centred(e), 2);
        double norm = Math.pow(moment(e, 4), 0.25) + Math.abs(mean(e));
        double kurtosis = Math.pow(norm, 4) / (variance * variance);
        return Tail.normal(
                sum / Math.sqrt(variance),
                Tail.bend(Math.pow(moment(other, 3), 2), moment(other, 4), kurtosis - 1, kurtosis, rows));
    }

    private static double largest(double... values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }
}
