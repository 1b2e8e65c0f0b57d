package org.winnow.rank;

import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;

/** Random parts of the rows that weigh anything, the classes spread evenly over each part and the rest. */
public final class Halves {
    private Halves() {}

    /**
     * Which rows each member learns from.
     *
     * @return {@code [members][rows]}; of a class with a single row the member or its other half has it
     */
    static boolean[][] of(Sample sample, int members, Noise noise) {
        return of(sample, 0.5, members, noise);
    }

    /**
     * Parts of the rows.
     *
     * @param share of the rows of each class in a part; what is left of a row goes to either side as chance has it
     * @return {@code [parts][rows]}, whether a part has a row; none has a row that weighs nothing
     */
    public static boolean[][] of(Sample sample, double share, int parts, Noise noise) {
        int[][] rowsOfClass = rowsOfClass(sample);
        boolean[][] halves = new boolean[parts][sample.rows()];
        for (int part = 0; part < parts; part++) {
            for (int c = 0; c < rowsOfClass.length; c++) {
                int[] rows = rowsOfClass[c];
                if (rows.length > 0) {
                    Noise draw = noise.child(part, c);
                    int learned = (int) (share * rows.length + draw.uniform(0));
                    Permutation order = Permutation.of(draw, rows.length);
                    for (int i = 0; i < rows.length; i++) {
                        halves[part][rows[i]] = order.apply(i) < learned;
                    }
                }
            }
        }
        return halves;
    }

    private static int[][] rowsOfClass(Sample sample) {
        int classes = Math.max(1, sample.classes());
        int[] counts = new int[classes];
        for (int row = 0; row < sample.rows(); row++) {
            counts[sample.classOf(row)] += sample.weights()[row] > 0 ? 1 : 0;
        }
        int[][] rows = new int[classes][];
        for (int c = 0; c < classes; c++) {
            rows[c] = new int[counts[c]];
        }
        for (int row = sample.rows() - 1; row >= 0; row--) {
            if (sample.weights()[row] > 0) {
                int c = sample.classOf(row);
                rows[c][--counts[c]] = row;
            }
        }
        return rows;
    }
}
