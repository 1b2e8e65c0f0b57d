package org.winnow.job;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A way to select features, under every setting that it may choose from.
 *
 * @param name what tables call it
 * @param settings which of them is best is judged on training rows
 */
record Contender(String name, List<Setting> settings) {
    Contender {
        settings = List.copyOf(settings);
    }

    /** One setting of a selector. */
    @FunctionalInterface
    interface Setting {
        /**
         * Selects.
         *
         * @param rows standardised "features" and "label"
         * @param classes whether the label is a class
         * @param k how many features to keep
         * @return their places
         */
        int[] select(Dataset<Row> rows, boolean classes, int k);
    }

    /** Places of the k largest scores, rising; of equal ones the first. */
    static int[] largest(double[] scores, int k) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** How many of the places are among those that matter. */
    static long recovered(int[] places, Set<Integer> relevant) {
        return IntStream.of(places).filter(relevant::contains).count();
    }
}
