package org.winnow.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * Symmetric positive definite equations that grow by an unknown at a time. The factor of {@code L L'} (Cholesky) and what
 * forward substitution makes of the right sides stay as they are when one is added, so that it costs a column and not a
 * decomposition. Sums are in the order of {@link CholeskyDecomposition}, and so the bits are its own.
 */
final class GrowingEquations {
    private static final double LEAST_PIVOT = CholeskyDecomposition.DEFAULT_ABSOLUTE_POSITIVITY_THRESHOLD;

    /** Columns of {@code L'}, each down to its diagonal. */
    private final List<double[]> columns = new ArrayList<>();
    /** Of each right side {@code y} of {@code L y = b}. */
    private final double[][] forward;

    /** @param sides right sides that there are */
    GrowingEquations(int sides) {
        forward = new double[sides][0];
    }

    /**
     * Adds an unknown.
     *
     * @param products its coefficients: with the unknowns before it, and its own
     * @param right of each side the number
     * @throws NonPositiveDefiniteMatrixException if it hangs together too much with those before it
     */
    void add(double[] products, double[] right) {
        int own = columns.size();
        double[] column = new double[own + 1];
        for (int i = 0; i < own; i++) {
            double[] other = columns.get(i);
            column[i] = less(products[i], other, column, i) * (1.0 / other[i]);
        }
        double pivot = less(products[own], column, column, own);
        if (pivot <= LEAST_PIVOT) {
            throw new NonPositiveDefiniteMatrixException(pivot, own, LEAST_PIVOT);
        }
        column[own] = Math.sqrt(pivot);
        columns.add(column);
        for (int side = 0; side < forward.length; side++) {
            double y = less(right[side], forward[side], column, own) / column[own];
            forward[side] = Arrays.copyOf(forward[side], own + 1);
            forward[side][own] = y;
        }
    }

    /** A number less the products of the first of two columns. */
    private static double less(double number, double[] a, double[] b, int count) {
        double left = number;
        for (int i = 0; i < count; i++) {
            left -= a[i] * b[i];
        }
        return left;
    }

    /** The unknowns, {@code [sides][unknowns]}. */
    double[][] solved() {
        double[][] solved = new double[forward.length][];
        for (int side = 0; side < solved.length; side++) {
            double[] x = forward[side].clone();
            for (int j = x.length - 1; j >= 0; j--) {
                double[] column = columns.get(j);
                x[j] /= column[j];
                for (int i = 0; i < j; i++) {
                    x[i] -= x[j] * column[i];
                }
            }
            solved[side] = x;
        }
        return solved;
    }
}
