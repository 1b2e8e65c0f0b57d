package org.winnow.kernel;

import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.util.ContinuedFraction;

/** The chi-square distribution, far out in its tail too. */
public final class ChiSquare {
    private ChiSquare() {}

    /**
     * The logarithm of the probability that a chi-square is at least x: {@code log Q(degrees / 2, x / 2)}, of a continued
     * fraction where Q itself may be less than any double (Abramowitz and Stegun 1964, 6.5.31).
     *
     * @param degrees of freedom, above 0
     * @return 0 for an x that is not above 0
     */
    public static double logUpper(double degrees, double x) {
        double shape = degrees / 2;
        double half = x / 2;
        if (!(half > 0)) {
            return 0;
        }
        if (half < shape + 1) {
            return StrictMath.log1p(-Gamma.regularizedGammaP(shape, half));
        }
        ContinuedFraction fraction = new ContinuedFraction() {
            @Override
            protected double getA(int n, double at) {
                return 2.0 * n + 1 - shape + at;
            }

            @Override
            protected double getB(int n, double at) {
                return n * (shape - n);
            }
        };
        return shape * StrictMath.log(half)
                - half
                - Gamma.logGamma(shape)
                - StrictMath.log(fraction.evaluate(half, 1e-15));
    }
}
