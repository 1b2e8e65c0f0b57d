package org.winnow.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/**
 * What is known of rows after one pass over them.
 *
 * @param training moments of target and features over the training rows
 * @param content a sum over all rows that does not depend on their order, yet on which of them are held out
 * @param sample the first training rows of the random order, which are a sample of them
 * @param trivial what an answer is worth that does not look at the features
 */
record Summary(Moments training, long content, List<double[]> sample, Trivial trivial) implements Serializable {
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int MOST_ROWS = 2000;
    private static final int MOST_CELLS = 1 << 21;

    static Summary none(int columns, int classes) {
        return new Summary(new Moments(columns), 0, new ArrayList<>(), new Trivial(classes));
    }

    static Summary of(Iterator<Tuple2<Long, CodedRow>> placed, int columns, int classes, Split split) {
        Summary empty = none(columns, classes);
        long lastOfSample = split.testRows() + Math.min(MOST_ROWS, MOST_CELLS / columns);
        long content = 0;
        double[] room = new double[columns];
        while (placed.hasNext()) {
            Tuple2<Long, CodedRow> row = placed.next();
            double[] numbers = row._2.numbers(room);
            boolean test = split.isTest(row._1);
            content += hash(numbers, test ? 1 : 2);
            empty.trivial.add(numbers[0], test);
            if (!test) {
                empty.training.add(numbers);
                if (row._1 < lastOfSample) {
                    empty.sample.add(numbers.clone());
                }
            }
        }
        return new Summary(empty.training, content, empty.sample, empty.trivial);
    }

    /** With those of rows that come later in the random order. */
    Summary merge(Summary later) {
        sample.addAll(later.sample);
        return new Summary(
                training.merge(later.training), content + later.content, sample, trivial.merge(later.trivial));
    }

    /** Mixes as SplitMix64 does (Steele, Lea, Flood 2014). */
    private static long hash(double[] row, long start) {
        long hash = start;
        for (double value : row) {
            long z = hash * MIX + Double.doubleToLongBits(value);
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            hash = z ^ z >>> 31;
        }
        return hash;
    }
}
