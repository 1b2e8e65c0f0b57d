package org.winnow.rank;

import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;

/** Halves of the rows, a random one for each member, the classes spread evenly over both. */
final class Halves {
    private Halves() {}

    /**
     * Which rows each member learns from.
     *
     * @return {@code [members][rows]}; of a class with a single row the member or its other half has it
     */
    static boolean[][] of(Sample sample, int members, Noise noise) {
        int[][] rowsOfClass = rowsOfClass(sample);
        boolean[][] halves = new boolean[members][sample.rows()];
        for (int member = 0; member < members; member++) {
            for (int c = 0; c < rowsOfClass.length; c++) {
                int[] rows = rowsOfClass[c];
                if (rows.length > 0) {
                    Noise draw = noise.child(member, c);
                    // An odd row goes to either side as chance has it.
                    int learned = (rows.length + (draw.uniform(0) < 0.5 ? 1 : 0)) / 2;
                    Permutation order = Permutation.of(draw, rows.length);
                    for (int i = 0; i < rows.length; i++) {
                        halves[member][rows[i]] = order.apply(i) < learned;
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
            counts[sample.classOf(row)]++;
        }
        int[][] rows = new int[classes][];
        for (int c = 0; c < classes; c++) {
            rows[c] = new int[counts[c]];
        }
        for (int row = sample.rows() - 1; row >= 0; row--) {
            int c = sample.classOf(row);
            rows[c][--counts[c]] = row;
        }
        return rows;
    }
}
