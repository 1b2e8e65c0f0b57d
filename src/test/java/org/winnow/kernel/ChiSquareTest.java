package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class ChiSquareTest {
    @Test
    void tailsAreThoseOfTheDistribution() {
        for (double degrees : new double[] {1, 2, 4, 25, 100}) {
            ChiSquaredDistribution distribution = new ChiSquaredDistribution(degrees);
            for (double x : new double[] {0.01, 0.5, 1, 3, 8, 20, 60}) {
                double upper = 1 - distribution.cumulativeProbability(x);
                if (upper > 1e-6) {
                    assertEquals(Math.log(upper), ChiSquare.logUpper(degrees, x), 1e-8, degrees + ", " + x);
                }
            }
        }
    }

    @Test
    void tailsBeyondTheLeastDoubleAreThere() {
        // Two degrees are an exponential number; one is a squared normal one, whose tail is by its asymptotic series.
        assertEquals(-5000, ChiSquare.logUpper(2, 10_000), 1e-8);
        double z = 60;
        double series = 1 - 1 / (z * z) + 3 / Math.pow(z, 4) - 15 / Math.pow(z, 6);
        double expected = Math.log(2 / (z * Math.sqrt(2 * Math.PI)) * series) - z * z / 2;
        assertEquals(expected, ChiSquare.logUpper(1, z * z), 1e-8);
    }

    @Test
    void nothingIsCertain() {
        assertEquals(0, ChiSquare.logUpper(3, 0));
        assertEquals(0, ChiSquare.logUpper(3, Double.NaN));
        assertTrue(ChiSquare.logUpper(3, 1e-9) <= 0);
    }
}
