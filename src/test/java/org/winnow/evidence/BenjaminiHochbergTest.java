package org.winnow.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {
    @Test
    void valuesAreThoseOfSciPy() {
        // scipy.stats.false_discovery_control
        assertArrayEquals(
                new double[] {
                    0.049600000000000005,
                    0.004,
                    0.5714285714285714,
                    0.023999999999999997,
                    0.26666666666666666,
                    1.0,
                    0.049600000000000005,
                    0.0032
                },
                BenjaminiHochberg.adjusted(0.03, 0.001, 0.5, 0.009, 0.2, 1, 0.031, 0.0004),
                1e-15);
    }

    @Test
    void equalValuesStayEqualAndNothingIsAboveOne() {
        assertArrayEquals(new double[] {0.15, 0.15, 1}, BenjaminiHochberg.adjusted(0.1, 0.1, 1), 1e-15);
        assertArrayEquals(new double[0], BenjaminiHochberg.adjusted());
    }
}
