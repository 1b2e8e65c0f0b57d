package org.winnow.data;

import java.io.Serializable;
import java.util.Iterator;
import scala.Tuple2;

/**
 * What is known of rows after one pass over them.
 *
 * @param training moments of target and features over the training rows
 * @param content a sum over all rows that does not depend on their order, yet on which of them are held out
 */
record Summary(Moments training, long content) implements Serializable {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    static Summary of(Iterator<Tuple2<Long, double[]>> placed, int columns, Split split) {
        Moments moments = new Moments(columns);
        long content = 0;
        while (placed.hasNext()) {
            Tuple2<Long, double[]> row = placed.next();
            boolean test = split.isTest(row._1);
            content += hash(row._2, test ? 1 : 2);
            if (!test) {
                moments.add(row._2);
            }
        }
        return new Summary(moments, content);
    }

    Summary merge(Summary later) {
        return new Summary(training.merge(later.training), content + later.content);
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
