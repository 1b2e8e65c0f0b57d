package org.winnow.sparsifier;

import java.util.function.DoubleUnaryOperator;
import org.winnow.kernel.ExponentialIntegral;
import org.winnow.kernel.Logistic;

/**
 * How far a weight's Gaussian posterior {@code N(w, alpha |w|^2)} is from its prior, as a function of {@code logAlpha},
 * high = irrelevant. Variational dropout (VD) has a log-uniform prior: real, Molchanov, Ashukha, Vetrov 2017,
 * arXiv:1701.05369 (their fit); complex, Nazarov, Burnaev 2020, arXiv:2003.11413. Automatic relevance determination (ARD)
 * has a Gaussian prior of the variance that fits best: Kharitonov, Molchanov, Vetrov 2018, arXiv:1811.00596.
 */
public enum Divergence {
    /** {@code softplus(-la)/2 + 0.63576 sigmoid(-1.48695 la - 1.87320)}. */
    REAL_VD(
            false,
            0,
            la -> Logistic.softplus(-la) / 2 + fit(la, 0.63576, 1.48695, 1.87320),
            la -> -Logistic.sigmoid(-la) / 2 + fitSlope(la, 0.63576, 1.48695, 1.87320)),

    /** {@code softplus(-la)/2}. */
    REAL_ARD(false, 0, la -> Logistic.softplus(-la) / 2, la -> -Logistic.sigmoid(-la) / 2),

    /** {@code gamma - la - Ei(-e^-la)}. */
    COMPLEX_VD(true, 0, Divergence::complexVd, Divergence::complexVdSlope),

    /** {@link #COMPLEX_VD} without Ei: {@code softplus(-la) + 0.57810 sigmoid(-1.36526 la - 1.45926)}. */
    COMPLEX_VD_APPROX(
            true,
            0,
            la -> Logistic.softplus(-la) + fit(la, 0.57810, 1.36526, 1.45926),
            la -> -Logistic.sigmoid(-la) + fitSlope(la, 0.57810, 1.36526, 1.45926)),

    /** {@code log|w| - logSigma2 - Ei(-e^-la)/2}, not a divergence as it lacks a constant. */
    COMPLEX_VD_SCALE_FREE(
            true, -0.5, la -> (complexVd(la) - ExponentialIntegral.EULER_GAMMA) / 2, la -> complexVdSlope(la) / 2),

    /** The slope of {@link #COMPLEX_VD} at the cost of {@code -la} for a value; only for training. */
    COMPLEX_VD_BOGUS(true, 0, la -> -la, Divergence::complexVdSlope),

    /** {@code softplus(-la)}. */
    COMPLEX_ARD(true, 0, la -> Logistic.softplus(-la), la -> -Logistic.sigmoid(-la));

    private final boolean complex;
    private final double logSigma2Slope;
    private final DoubleUnaryOperator value;
    private final DoubleUnaryOperator slope;

    Divergence(boolean complex, double logSigma2Slope, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
        this.complex = complex;
        this.logSigma2Slope = logSigma2Slope;
        this.value = value;
        this.slope = slope;
    }

    /** Whether weights are complex. */
    public boolean complex() {
        return complex;
    }

    /** The divergence; finite wherever it is below the largest double. */
    public double value(double logAlpha, double logSigma2) {
        return value.applyAsDouble(logAlpha) + logSigma2Slope * logSigma2;
    }

    /** Its slope by logAlpha at the same logSigma2; finite everywhere. */
    public double slope(double logAlpha) {
        return slope.applyAsDouble(logAlpha);
    }

    /** Its slope by logSigma2 at the same logAlpha. */
    public double logSigma2Slope() {
        return logSigma2Slope;
    }

    private static double complexVd(double la) {
        return la < -700 ? ExponentialIntegral.EULER_GAMMA - la : ExponentialIntegral.ein(Math.exp(-la));
    }

    private static double complexVdSlope(double la) {
        return Math.expm1(-Math.exp(-la));
    }

    private static double fit(double la, double height, double scale, double shift) {
        return height * Logistic.sigmoid(-scale * la - shift);
    }

    private static double fitSlope(double la, double height, double scale, double shift) {
        return -scale * height * Logistic.sigmoidSlope(-scale * la - shift);
    }
}
