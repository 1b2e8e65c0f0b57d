package org.winnow.data;

import java.util.List;

/** Columns of a sample, sorted. */
final class Sorted {
    private Sorted() {}

    /** The values of a column of rows, ascending, without those that are missing (NaN). */
    static double[] column(List<double[]> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row[column])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    /** A quantile of sorted values, between two of them in proportion (Hyndman and Fan 1996, type 7). */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
