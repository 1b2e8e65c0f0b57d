package org.winnow.evidence;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What every tested column is, as far as others say it: its regression on the columns of other gates. A bent column is
 * regressed on the straight ones of its own gate too, so that it says what they do not. With enough rows those are all
 * straight columns of the design, and the bent and curved ones that the target is explained by: what is left of a column is then that
 * of least squares, and a linear effect of other columns cannot leak into its test. With fewer rows they are what the target is
 * explained by and what forward selection takes to predict the column (double selection: Belloni, Chernozhukov and Hansen
 * 2014, arXiv:1201.0224).
 *
 * @param columns of the design that others are regressed on
 * @param coefficients {@code [columns][2 tested]}, row after row: those of the straight tested columns, then of the bent
 */
record Nuisance(int[] columns, double[] coefficients) {
    /** Keeps duplicates invertible; what it leaves in a column of others is this part of their effect. */
    private static final double RIDGE = 1e-4;

    private static final double MOST_PER_ROW = 1 / 3.0;

    /**
     * That of the first inputs of a design.
     *
     * @param tested how many of the inputs
     * @param taken columns that the target is explained by
     * @param gates of the inputs
     */
    static Nuisance of(Design design, double[][] correlations, int tested, int[] taken, int[] gates) {
        int straight = design.straight();
        int[] columns = IntStream.concat(
                        IntStream.range(0, straight),
                        Arrays.stream(taken)
                                .filter(column -> column >= straight)
                                .sorted())
                .toArray();
        int most = (int) (design.basis().degrees() * MOST_PER_ROW);
        Regressions regressions = straight <= most
                ? new All(correlations, columns, Regression.inverse(correlations, columns, RIDGE))
                : new Chosen(design, correlations, columns, taken, gates, most);
        double[] coefficients = new double[columns.length * 2 * tested];
        for (int place = 0; place < tested; place++) {
            int gate = gates[place];
            int[] own = IntStream.range(0, columns.length)
                    .filter(i -> gates[design.place(columns[i])] == gate)
                    .toArray();
            int[] bentOwn =
                    Arrays.stream(own).filter(i -> columns[i] >= straight).toArray();
            set(coefficients, place, 2 * tested, regressions.of(place, own));
            set(coefficients, tested + place, 2 * tested, regressions.of(straight + place, bentOwn));
        }
        return new Nuisance(columns, coefficients);
    }

    private static void set(double[] coefficients, int column, int width, double[] values) {
        for (int i = 0; i < values.length; i++) {
            coefficients[i * width + column] = values[i];
        }
    }

    /** Regresses a column on all but those at some places of the nuisance: a coefficient for each, 0 of those left out. */
    private interface Regressions {
        double[] of(int column, int[] leftOut);
    }

    /**
     * On all others, of one inverse P: without the places B it is {@code P - P[, B] P[B, B]^-1 P[B, ]}.
     *
     * @param inverse P, of the correlations of the columns
     */
    private record All(double[][] correlations, int[] columns, double[][] inverse) implements Regressions {
        @Override
        public double[] of(int column, int[] leftOut) {
            double[] coefficients = new double[columns.length];
            for (int i = 0; i < columns.length; i++) {
                double with = correlations[columns[i]][column];
                double[] row = inverse[i];
                for (int j = 0; j < row.length; j++) {
                    coefficients[j] += with * row[j];
                }
            }
            if (leftOut.length > 0) {
                leaveOut(coefficients, leftOut);
            }
            return coefficients;
        }

        private void leaveOut(double[] coefficients, int[] leftOut) {
            int all = columns.length;
            double[][] own = new double[all + 1][all + 1];
            for (int i : leftOut) {
                for (int j : leftOut) {
                    own[i][j] = inverse[i][j];
                }
                own[i][all] = coefficients[i];
            }
            double[][] moved = Regression.coefficients(own, leftOut, new int[] {all}, 0);
            for (int b = 0; b < leftOut.length; b++) {
                double[] row = inverse[leftOut[b]];
                for (int j = 0; j < all; j++) {
                    coefficients[j] -= row[j] * moved[b][0];
                }
            }
            for (int i : leftOut) {
                coefficients[i] = 0;
            }
        }
    }

    /** On what the target is explained by, with the straight columns of it all, and what predicts the column. */
    private record Chosen(Design design, double[][] correlations, int[] columns, int[] taken, int[] gates, int most)
            implements Regressions {
        @Override
        public double[] of(int column, int[] leftOut) {
            int gate = gates[design.place(column)];
            int straight = design.straight();
            Forward forward = new Forward(correlations, design.place(column));
            for (int other : taken) {
                if (gates[design.place(other)] != gate) {
                    forward.take(other);
                }
            }
            for (int other : taken) {
                if (gates[design.place(other)] != gate) {
                    forward.take(design.place(other));
                }
            }
            boolean[] open = new boolean[design.columns()];
            for (int place = 0; place < straight; place++) {
                open[place] = gates[place] != gate;
            }
            forward.extend(
                    open, Math.max(most, forward.taken().length), design.basis().degrees(), 1.0 / straight);
            int[] on = forward.taken();
            if (column >= straight) {
                on = IntStream.concat(Arrays.stream(on), own(gate)).toArray();
            }
            double[][] chosen = Regression.coefficients(correlations, on, new int[] {column}, RIDGE);
            double[] coefficients = new double[columns.length];
            for (int i = 0; i < on.length; i++) {
                coefficients[Arrays.binarySearch(columns, on[i])] = chosen[i][0];
            }
            return coefficients;
        }

        private IntStream own(int gate) {
            return IntStream.range(0, design.straight()).filter(place -> gates[place] == gate);
        }
    }
}
