package org.winnow.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.junit.jupiter.api.Test;
import org.winnow.kernel.Noise;

class GrowingEquationsTest {
    private static final int MOST = 40;
    private static final int SIDES = 3;

    /** Products of columns of noise with each other; the last of so many is the first but for a share of noise. */
    private static double[][] products(Noise noise, double share, double ridge) {
        double[][] columns = new double[MOST][2 * MOST];
        for (int column = 0; column < MOST; column++) {
            noise.child(column).normal(columns[column], 0);
        }
        for (int row = 0; row < columns[0].length; row++) {
            columns[MOST - 1][row] = columns[0][row] + share * columns[MOST - 1][row];
        }
        double[][] products = new double[MOST][MOST];
        for (int i = 0; i < MOST; i++) {
            for (int j = 0; j <= i; j++) {
                for (int row = 0; row < columns[i].length; row++) {
                    products[i][j] += columns[i][row] * columns[j][row];
                }
                products[j][i] = products[i][j];
            }
            products[i][i] += ridge;
        }
        return products;
    }

    private static double[][] right(Noise noise) {
        double[][] right = new double[MOST][SIDES];
        for (int row = 0; row < MOST; row++) {
            noise.child(MOST, row).normal(right[row], 0);
        }
        return right;
    }

    private static double[][] first(double[][] rows, int count, int width) {
        return Arrays.stream(rows)
                .limit(count)
                .map(row -> Arrays.copyOf(row, width))
                .toArray(double[][]::new);
    }

    /** By a decomposition of the whole, {@code [sides][unknowns]}. */
    private static double[][] whole(double[][] products, double[][] right) {
        return new CholeskyDecomposition(new Array2DRowRealMatrix(products))
                .getSolver()
                .solve(new Array2DRowRealMatrix(right))
                .transpose()
                .getData();
    }

    @Test
    void growingGivesTheBitsOfADecompositionOfTheWhole() {
        double[] shares = {1, 1e-2, 1e-4};
        double[] ridges = {0, 1e-6, 3};
        for (int trial = 0; trial < shares.length * ridges.length; trial++) {
            Noise noise = Noise.of(trial);
            double[][] products = products(noise, shares[trial % 3], ridges[trial / 3]);
            double[][] right = right(noise);
            GrowingEquations equations = new GrowingEquations(SIDES);
            for (int count = 1; count <= MOST; count++) {
                equations.add(Arrays.copyOf(products[count - 1], count), right[count - 1]);
                double[][] expected = whole(first(products, count, count), first(right, count, SIDES));
                double[][] solved = equations.solved();
                for (int side = 0; side < SIDES; side++) {
                    assertArrayEquals(expected[side], solved[side], 0.0);
                }
            }
        }
    }

    @Test
    void equationsThatAreNotPositiveDefiniteFailAsTheWholeDoes() {
        double[][] products = products(Noise.of(1), 0, 0);
        double[][] right = right(Noise.of(1));
        GrowingEquations equations = new GrowingEquations(SIDES);
        for (int row = 0; row < MOST - 1; row++) {
            equations.add(Arrays.copyOf(products[row], row + 1), right[row]);
        }
        NonPositiveDefiniteMatrixException ofWhole =
                assertThrows(NonPositiveDefiniteMatrixException.class, () -> whole(products, right));
        NonPositiveDefiniteMatrixException grown = assertThrows(
                NonPositiveDefiniteMatrixException.class, () -> equations.add(products[MOST - 1], right[MOST - 1]));
        assertEquals(ofWhole.getMessage(), grown.getMessage());
        assertEquals(0, new GrowingEquations(SIDES).solved()[0].length);
    }
}
