package org.winnow.pairs;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.winnow.kernel.ChiSquare;
import org.winnow.model.ScreenedProduct;
import org.winnow.pairs.Polynomials.Shape;
import org.winnow.train.Shards;

/**
 * The best partner of every column, and the best pairs of all, in one pass. If a pair says nothing, either of three factors
 * may be taken to be in random order: a, or one of both columns where the other says something by itself. A z has the
 * largest variance of the three, and of the three {@link Tail}s the heaviest; its squares add up to a chi-square over a.
 */
final class Partners {
    /** A pair at places among the columns, the first before the second. */
    record Pair(int first, int second, int degree, double statistic) {}

    private static final Comparator<Pair> BEST_FIRST = Comparator.comparingDouble((Pair pair) -> -pair.statistic)
            .thenComparingInt(Pair::first)
            .thenComparingInt(Pair::second)
            .thenComparingInt(Pair::degree);

    private final Alone alone;
    private final Polynomials polynomials;
    private final double rows;
    private final int[] columns;
    private final int[] gateOfColumn;
    private final int most;
    private final double[] best;
    private final int[] partner;
    private final int[] degreeOfBest;
    private final int[] tested;
    private final PriorityQueue<Pair> pairs = new PriorityQueue<>(BEST_FIRST.reversed());

    private Partners(Alone alone, int[] columns, int[] gateOfInput, int most) {
        this.alone = alone;
        polynomials = alone.unexplained().polynomials();
        rows = polynomials.rows();
        this.columns = columns;
        gateOfColumn = Arrays.stream(columns).map(column -> gateOfInput[column]).toArray();
        this.most = most;
        best = new double[columns.length];
        partner = new int[columns.length];
        Arrays.fill(partner, -1);
        degreeOfBest = new int[columns.length];
        tested = new int[columns.length];
    }

    /**
     * Those of some columns.
     *
     * @param most pairs to remember
     */
    static Partners of(Shards ranked, Alone alone, int[] columns, int[] gateOfInput, int most) {
        Partners partners = new Partners(alone, columns, gateOfInput, most);
        if (alone.unexplained().count() == 0) {
            return partners;
        }
        boolean curved = Arrays.stream(columns)
                        .filter(column -> partners.degrees(column) > 1)
                        .count()
                > 1;
        for (int from = 0; from < columns.length; ) {
            Products products = Products.from(
                    alone.unexplained(), columns, from, curved ? Alone.CROSSED : 1, alone.heavy() ? 4 : 2);
            partners.take(products, ranked.sums(products));
            from = products.to();
        }
        return partners;
    }

    private int degrees(int column) {
        return polynomials.degrees()[column];
    }

    private void take(Products products, double[] sums) {
        for (int i = products.from(); i < products.to(); i++) {
            for (int j = i + 1; j < columns.length; j++) {
                if (gateOfColumn[i] != gateOfColumn[j]) {
                    int common = Math.min(products.degrees(), Math.min(degrees(columns[i]), degrees(columns[j])));
                    for (int degree = 1; degree <= common; degree++) {
                        tested[i]++;
                        tested[j]++;
                        take(products, sums, i, j, degree);
                    }
                }
            }
        }
    }

    private void take(Products products, double[] sums, int i, int j, int degree) {
        double least = Math.min(Math.min(best[i], best[j]), pairs.size() < most ? 0 : leastOfPairs());
        double statistic = statistic(products, sums, i, j, degree, least);
        if (statistic > best[i]) {
            take(i, j, degree, statistic);
        }
        if (statistic > best[j]) {
            take(j, i, degree, statistic);
        }
        if (pairs.size() < most) {
            pairs.add(new Pair(i, j, degree, statistic));
        } else if (statistic > leastOfPairs()) {
            pairs.poll();
            pairs.add(new Pair(i, j, degree, statistic));
        }
    }

    private void take(int own, int other, int degree, double statistic) {
        best[own] = statistic;
        partner[own] = other;
        degreeOfBest[own] = degree;
    }

    private double leastOfPairs() {
        return pairs.element().statistic;
    }

    /** The chi-square of a pair; 0 if it is no more than what anybody asks for. */
    private double statistic(Products products, double[] sums, int i, int j, int degree, double least) {
        double mean = sums[products.power(degree, 1, i, j)] / rows;
        double variance = sums[products.power(degree, 2, i, j)] / rows - mean * mean;
        int count = alone.unexplained().count();
        double bound = 0;
        for (int a = 0; a < count; a++) {
            double sum = sums[products.joint(degree, a, i, j)] / rows;
            double largest = Math.max(
                    variance, Math.max(alone.variance(columns[i], degree, a), alone.variance(columns[j], degree, a)));
            if (!(largest > 0)) {
                return 0;
            }
            bound += sum * sum * (rows - 1) / largest;
        }
        if (!(bound > least)) {
            return 0;
        }
        double statistic = 0;
        Shape shape = shape(products, sums, i, j, degree, mean, variance);
        for (int a = 0; a < count; a++) {
            double z = Math.abs(sums[products.joint(degree, a, i, j)]) / rows * Math.sqrt(rows - 1);
            double normal = Math.min(
                    overTargets(z, a, shape, variance),
                    Math.min(overColumn(z, a, i, j, degree), overColumn(z, a, j, i, degree)));
            statistic += normal * normal;
        }
        return statistic;
    }

    /** The normal number of a sum if a is in random order. */
    private double overTargets(double z, int a, Shape shape, double variance) {
        return normal(
                z, variance, Tail.bend(alone.skewness(a), alone.kurtosis(a), shape.skewness(), shape.kurtosis(), rows));
    }

    /** How a product is spread; if its third and fourth moments are not known, bounds of them. */
    private Shape shape(Products products, double[] sums, int i, int j, int degree, double mean, double variance) {
        double most = Math.abs(mean)
                + polynomials.shape(columns[i], degree).most()
                        * polynomials.shape(columns[j], degree).most();
        if (products.powers() < 4) {
            double kurtosis = kurtosis(variance, most * most * variance);
            return new Shape(kurtosis - 1, kurtosis, most);
        }
        double square = sums[products.power(degree, 2, i, j)] / rows;
        double cube = sums[products.power(degree, 3, i, j)] / rows;
        double third = cube - 3 * mean * square + 2 * mean * mean * mean;
        double fourth = sums[products.power(degree, 4, i, j)] / rows
                - 4 * mean * cube
                + 6 * mean * mean * square
                - 3 * mean * mean * mean * mean;
        return new Shape(third * third / (variance * variance * variance), kurtosis(variance, fourth), most);
    }

    /** The normal number of a sum if the second column is in random order beside a and the first. */
    private double overColumn(double z, int a, int i, int j, int degree) {
        double variance = alone.variance(columns[i], degree, a);
        double mean = Math.abs(alone.mean(columns[i], degree, a));
        double norm = Math.sqrt(Math.sqrt(alone.fourth(columns[i], degree, a))) + mean;
        double kurtosis = kurtosis(variance, norm * norm * norm * norm);
        Shape shape = polynomials.shape(columns[j], degree);
        return normal(z, variance, Tail.bend(shape.skewness(), shape.kurtosis(), kurtosis - 1, kurtosis, rows));
    }

    private static double normal(double z, double variance, double bend) {
        return variance > 0 ? Tail.normal(z / Math.sqrt(variance), bend) : Double.POSITIVE_INFINITY;
    }

    /** Of a fourth moment that is at most so much. */
    private static double kurtosis(double variance, double fourth) {
        return Math.max(1, fourth / (variance * variance));
    }

    /** The logarithm of the p-value of a column's best pair, for as many as it is in; not limited to 1. */
    double logP(int place) {
        return partner[place] < 0 ? Double.POSITIVE_INFINITY : logP(best[place], tested[place]);
    }

    private double logP(double statistic, double of) {
        return ChiSquare.logUpper(alone.unexplained().count(), statistic) + StrictMath.log(of);
    }

    /** The column of the best partner of the column at a place; -1 if none was tested. */
    int partner(int place) {
        return partner[place] < 0 ? -1 : columns[partner[place]];
    }

    /** The degree of a column's best pair. */
    int degree(int place) {
        return degreeOfBest[place];
    }

    /** The columns that are paired. */
    int[] columns() {
        return columns;
    }

    /**
     * The best pairs of all, the best first, with p-values for as many as were tested.
     *
     * @param passes of tests that there are
     */
    List<ScreenedProduct> products(int pass, int passes, double level) {
        double chances = Arrays.stream(tested).sum() / 2.0 * passes;
        return pairs.stream()
                .sorted(BEST_FIRST)
                .map(pair -> {
                    double logP = Math.min(0, logP(pair.statistic, chances));
                    return new ScreenedProduct(
                            columns[pair.first],
                            columns[pair.second],
                            pair.degree,
                            pair.statistic,
                            logP,
                            pass,
                            logP < StrictMath.log(level));
                })
                .toList();
    }
}
