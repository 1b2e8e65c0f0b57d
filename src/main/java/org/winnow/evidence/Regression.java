package org.winnow.evidence;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;

/** Ridge regression of columns on columns, of which correlations are all that is known. */
final class Regression {
    private Regression() {}

    /** Coefficients {@code [on][of]}: {@code (C[on, on] + ridge I)^-1 C[on, of]}. */
    static double[][] coefficients(double[][] correlations, int[] on, int[] of, double ridge) {
        if (on.length == 0) {
            return new double[0][of.length];
        }
        return solver(correlations, on, ridge)
                .solve(new Array2DRowRealMatrix(part(correlations, on, of), false))
                .getData();
    }

    /** {@code (C[on, on] + ridge I)^-1}. */
    static double[][] inverse(double[][] correlations, int[] on, double ridge) {
        return solver(correlations, on, ridge)
                .solve(MatrixUtils.createRealIdentityMatrix(on.length))
                .getData();
    }

    private static DecompositionSolver solver(double[][] correlations, int[] on, double ridge) {
        double[][] own = part(correlations, on, on);
        for (int i = 0; i < on.length; i++) {
            own[i][i] += ridge;
        }
        // What sums of shards leave between the two halves is rounding.
        return new CholeskyDecomposition(new Array2DRowRealMatrix(own, false), 1e-9, 0).getSolver();
    }

    private static double[][] part(double[][] correlations, int[] rows, int[] columns) {
        double[][] part = new double[rows.length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                part[i][j] = correlations[rows[i]][columns[j]];
            }
        }
        return part;
    }
}
