package org.winnow.evidence;

import java.util.Arrays;
import org.winnow.evidence.Residuals.Layout;

/**
 * P-values of gates from the sums of {@link Residuals}. What is left of a column and what is left of a target are
 * uncorrelated if the target does not depend on the gate given all others and one of the two was left with nothing that
 * others say (distilled conditional randomisation: Liu, Katsevich, Janson and Ramdas 2022, arXiv:2006.03980; generalised
 * covariance measure: Shah and Peters 2020, arXiv:1804.07203). Every input has three tests: is its straight column
 * uncorrelated, its bent one, and the product of its straight one with any other input? The p-value of a gate is that of
 * the least of its inputs, targets and tests, for as many as there are (Bonferroni).
 *
 * @param layout of the sums
 * @param sums over all rows
 * @param rows how many
 * @param degrees of freedom of the rows for each tested input, less those that explain the target
 */
record Judgement(Layout layout, double[] sums, double rows, double[] degrees) {
    /** Shares of the level that the tests of an input are given. */
    private static final double STRAIGHT = 0.5;

    private static final double BENT = 0.25;
    private static final double PRODUCTS = 0.25;

    /** Below this part of its variance, a bent column says nothing that straight ones do not: that of two values. */
    private static final double NOTHING_BENT = 1e-2;

    private static final double NOTHING_STRAIGHT = 1e-12;

    /**
     * P-values of all gates; 1 of those without a tested input.
     *
     * @param gateOfInput gates of the tested inputs
     * @param sizes inputs of every gate
     * @param gateOfPartner gates of the partners
     * @param inputs in all, each of which could be a partner
     */
    double[] gates(int[] gateOfInput, int[] sizes, int[] gateOfPartner, int inputs) {
        double[] p = new double[sizes.length];
        Arrays.fill(p, 1);
        for (int input = 0; input < layout.tested(); input++) {
            int gate = gateOfInput[input];
            double chances = (double) sizes[gate] * layout.targets();
            for (int target = 0; target < layout.targets(); target++) {
                p[gate] = Math.min(p[gate], chances * least(input, target, gate, gateOfPartner, inputs));
            }
        }
        return p;
    }

    /** The least p-value of an input's tests, for their shares. */
    private double least(int input, int target, int gate, int[] gateOfPartner, int inputs) {
        int bent = layout.tested() + input;
        boolean bends = sums[layout.squares(bent)] > NOTHING_BENT * rows;
        double p = 1;
        if (sums[layout.squares(input)] > NOTHING_STRAIGHT * rows) {
            p = column(input, target) / (bends ? STRAIGHT : STRAIGHT + BENT);
            p = Math.min(p, products(input, target, gate, gateOfPartner) * (inputs - 1) / PRODUCTS);
        }
        return bends ? Math.min(p, column(bent, target) / BENT) : p;
    }

    /**
     * Whether the slope of a target on a column is 0: the larger of the p-values for rows of one variance and for rows of
     * any. The latter's deviation is too small by the squares' concentration k on few rows, and has only 1 / k - 1 degrees
     * of freedom (HC2, MacKinnon and White 1985; Bell and McCaffrey 2002; Imbens and Kolesár 2016, arXiv:1208.4153).
     */
    double column(int column, int target) {
        int input = column % layout.tested();
        double squares = sums[layout.squares(column)];
        double fourths = sums[layout.fourths(column)];
        int at = layout.joint(column, target);
        double slope = sums[at] / squares;
        double free = degrees[input];
        double alike = Student.ofCorrelation(slope * sums[at] / sums[layout.rests(input, target)], free);
        double concentration = fourths / (squares * squares);
        double variance = (sums[at + 1] - 2 * slope * sums[at + 2] + slope * slope * fourths)
                / Math.max(1 - concentration, 1e-9)
                * (rows / free);
        double few = Math.max(1, Math.min(1 / concentration - 1, free - 1));
        double any = variance > 0 ? Student.twoSided(sums[at] / Math.sqrt(variance), few) : 1;
        return Math.max(alike, any);
    }

    /** The least p-value of the products of an input with partners of other gates. */
    private double products(int input, int target, int gate, int[] gateOfPartner) {
        double variance = sums[layout.rests(input, target)] / rows;
        double highest = 0;
        for (int partner = 0; partner < layout.partners(); partner++) {
            if (gateOfPartner[partner] != gate) {
                int at = input * layout.partners() + partner;
                double sum = sums[layout.products(target) + at];
                double spread = Math.max(sums[layout.variances(target) + at], sums[layout.scales() + at] * variance);
                highest = spread > 0 ? Math.max(highest, sum * sum / spread) : highest;
            }
        }
        // A self-normalised sum; its square is at most the rows.
        double free = degrees[input];
        return highest < rows ? Student.twoSided(Math.sqrt(highest * free / (rows - highest)), free) : 0;
    }
}
