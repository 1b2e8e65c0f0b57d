package org.winnow.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the targets are explained by: the columns that forward selection takes. A gate is judged by a fit without its own
 * columns, so that what they explain is still there to be found.
 *
 * @param taken columns of the design
 * @param fits the first on all that is taken, then one for each gate that has a part in it, without that
 * @param fitOf the fit that judges the inputs of the design
 */
record Explanation(int[] taken, List<Fit> fits, int[] fitOf) {
    /** Chance enters at most one column, on average. */
    private static final double FALSE_COLUMNS = 1;

    private static final double MOST_PER_ROW = 0.1;
    private static final int MOST = 200;

    /** Fits times targets; a strip of rows has a number for each. */
    private static final int MOST_FITTED = 4096;

    /** Keeps sums of others invertible. */
    private static final double RIDGE = 1e-9;

    /**
     * Targets on columns.
     *
     * @param columns of the design
     * @param coefficients {@code [columns][targets]}
     */
    record Fit(int[] columns, double[][] coefficients) {}

    /**
     * By forward selection among a design's columns.
     *
     * @param gates of the design's inputs
     */
    static Explanation of(Design design, double[][] correlations, int[] gates) {
        Basis basis = design.basis();
        int[] targets = IntStream.range(design.firstTarget(), design.columns()).toArray();
        Forward forward = new Forward(correlations, targets);
        boolean[] open = new boolean[design.columns()];
        Arrays.fill(open, 0, design.firstTarget(), true);
        int most = Math.max(1, Math.min(MOST, MOST_FITTED / targets.length));
        most = (int) Math.max(1, Math.min(most, basis.degrees() * MOST_PER_ROW));
        forward.extend(open, most, basis.degrees(), FALSE_COLUMNS / (2.0 * basis.inputs()));
        int[] taken = forward.taken();
        List<Fit> fits = new ArrayList<>();
        fits.add(fit(correlations, taken, targets));
        TreeMap<Integer, Integer> fitOfGate = new TreeMap<>();
        for (int column : taken) {
            int gate = gates[design.place(column)];
            if (!fitOfGate.containsKey(gate)) {
                fitOfGate.put(gate, fits.size());
                int[] others = Arrays.stream(taken)
                        .filter(other -> gates[design.place(other)] != gate)
                        .toArray();
                fits.add(fit(correlations, others, targets));
            }
        }
        int[] fitOf = Arrays.stream(gates)
                .map(gate -> fitOfGate.getOrDefault(gate, 0))
                .toArray();
        return new Explanation(taken, fits, fitOf);
    }

    private static Fit fit(double[][] correlations, int[] columns, int[] targets) {
        return new Fit(columns, Regression.coefficients(correlations, columns, targets, RIDGE));
    }
}
