package org.winnow.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.junit.jupiter.api.Test;
import org.winnow.kernel.ChiSquare;

class TailTest {
    @Test
    void withoutABendNumbersStay() {
        assertEquals(5, Tail.normal(5, 0));
        assertEquals(5, Tail.normal(5, 1e-12), 1e-5);
        assertEquals(0, Tail.normal(0, 2));
    }

    @Test
    void numbersFallWithTheBendAndDoNotJump() {
        double last = 8;
        for (double bend = 1e-10; bend < 100; bend *= 1.5) {
            double now = Tail.normal(8, bend);
            assertTrue(now < last && now > 0.9 * last, "bend " + bend + ": " + now + " after " + last);
            last = now;
        }
    }

    @Test
    void fewRowsOnBothSidesDoNotCountForMore() {
        // A class of 20 among 1,000 rows, a category of 4: all four of the class has a probability of 1e-7, and a
        // normal
        // number of the same z one of 1e-43.
        int rows = 1000;
        for (int category : new int[] {1, 2, 3, 4, 6}) {
            double share = 0.02;
            double rate = (double) category / rows;
            double z = (category - rows * share * rate)
                    / Math.sqrt(rows * share * (1 - share) * rate * (1 - rate) * rows / (rows - 1));
            double bend = Tail.bend(skewness(share), kurtosis(share), skewness(rate), kurtosis(rate), rows);
            double log = ChiSquare.logUpper(1, Math.pow(Tail.normal(z, bend), 2));
            double exact =
                    Math.log(new HypergeometricDistribution(rows, 20, category).upperCumulativeProbability(category));
            // What is not far out anyway may be half as frequent again as it says.
            assertTrue(log > exact - (exact > -4.5 ? 0.4 : 0), category + " rows: " + log + ", exactly " + exact);
            assertTrue(log < 0.8 * exact, category + " rows: " + log + ", exactly " + exact);
        }
    }

    private static double skewness(double rate) {
        return (1 - 2 * rate) * (1 - 2 * rate) / (rate * (1 - rate));
    }

    private static double kurtosis(double rate) {
        return 3 + (1 - 6 * rate * (1 - rate)) / (rate * (1 - rate));
    }
}
