package org.winnow.sparsifier;

import org.winnow.gate.Drawn;
import org.winnow.kernel.ExponentialIntegral;
import org.winnow.kernel.Logistic;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

/**
 * How far a weight's Gaussian posterior {@code N(w, alpha |w|^2)} is from its prior, as a function of {@code logAlpha},
 * high = irrelevant. Variational dropout (VD) has a log-uniform prior: real, Molchanov, Ashukha, Vetrov 2017,
 * arXiv:1701.05369 (their fit); complex, Nazarov, Burnaev 2020, arXiv:2003.11413. Automatic relevance determination (ARD)
 * has a Gaussian prior of the variance that fits best: Kharitonov, Molchanov, Vetrov 2018, arXiv:1811.00596.
 */
public enum Divergence {
    /** {@code softplus(-la)/2 + 0.63576 sigmoid(-1.48695 la - 1.87320)}. */
    REAL_VD(false),
    /** {@code softplus(-la)/2}. */
    REAL_ARD(false),
    /** {@code gamma - la - Ei(-e^-la)}. */
    COMPLEX_VD(true),
    /** {@link #COMPLEX_VD} without Ei: {@code softplus(-la) + 0.57810 sigmoid(-1.36526 la - 1.45926)}. */
    COMPLEX_VD_APPROX(true),
    /** {@code log|w| - logSigma2 - Ei(-e^-la)/2}, not a divergence as it lacks a constant. */
    COMPLEX_VD_SCALE_FREE(true),
    /** The slope of {@link #COMPLEX_VD} at the cost of {@code -la} for a value; only for training. */
    COMPLEX_VD_BOGUS(true),
    /** {@code softplus(-la)}. */
    COMPLEX_ARD(true);

    private static final Fit REAL_FIT = new Fit(0.63576, 1.48695, 1.87320);
    private static final Fit COMPLEX_FIT = new Fit(0.57810, 1.36526, 1.45926);
    private static final double SMALLEST_EXPONENT = -700;

    private final boolean complex;

    Divergence(boolean complex) {
        this.complex = complex;
    }

    /** Whether weights are complex. */
    public boolean complex() {
        return complex;
    }

    /** The divergence; finite for any finite arguments. */
    public double value(double logAlpha, double logSigma2) {
        return switch (this) {
            case REAL_VD -> Logistic.softplus(-logAlpha) / 2 + REAL_FIT.value(logAlpha);
            case REAL_ARD -> Logistic.softplus(-logAlpha) / 2;
            case COMPLEX_VD -> complexVd(logAlpha);
            case COMPLEX_VD_APPROX -> Logistic.softplus(-logAlpha) + COMPLEX_FIT.value(logAlpha);
            case COMPLEX_VD_SCALE_FREE -> (complexVd(logAlpha) - ExponentialIntegral.EULER_GAMMA - logSigma2) / 2;
            case COMPLEX_VD_BOGUS -> -logAlpha;
            case COMPLEX_ARD -> Logistic.softplus(-logAlpha);
        };
    }

    /** Its slope by logAlpha at the same logSigma2; finite for any logAlpha. */
    public double slope(double logAlpha) {
        return switch (this) {
            case REAL_VD -> -Logistic.sigmoid(-logAlpha) / 2 + REAL_FIT.slope(logAlpha);
            case REAL_ARD -> -Logistic.sigmoid(-logAlpha) / 2;
            case COMPLEX_VD, COMPLEX_VD_BOGUS -> complexVdSlope(logAlpha);
            case COMPLEX_VD_APPROX -> -Logistic.sigmoid(-logAlpha) + COMPLEX_FIT.slope(logAlpha);
            case COMPLEX_VD_SCALE_FREE -> complexVdSlope(logAlpha) / 2;
            case COMPLEX_ARD -> -Logistic.sigmoid(-logAlpha);
        };
    }

    /** {@link #value} with its {@link #slope} of strips, which are overwritten. */
    Drawn value(Strips at, Strip logAlpha, Strip logSigma2) {
        return switch (this) {
            case REAL_VD -> REAL_FIT.plus(at, logAlpha, softplus(at, at.copy(logAlpha), 0.5));
            case REAL_ARD -> softplus(at, logAlpha, 0.5);
            case COMPLEX_VD -> complexVd(at, logAlpha);
            case COMPLEX_VD_APPROX -> COMPLEX_FIT.plus(at, logAlpha, softplus(at, at.copy(logAlpha), 1));
            case COMPLEX_VD_SCALE_FREE -> {
                Drawn divergence = complexVd(at, logAlpha);
                Strip value = divergence.value().add(-ExponentialIntegral.EULER_GAMMA);
                yield new Drawn(
                        value.sub(logSigma2).mul(0.5), divergence.slope().mul(0.5));
            }
            case COMPLEX_VD_BOGUS -> {
                Strip slope = at.copy(logAlpha).map(Divergence::complexVdSlope);
                yield new Drawn(logAlpha.mul(-1), slope);
            }
            case COMPLEX_ARD -> softplus(at, logAlpha, 1);
        };
    }

    /** {@code share * softplus(-logAlpha)}. */
    private static Drawn softplus(Strips at, Strip logAlpha, double share) {
        Strip slope = at.blank();
        Strip value = logAlpha.mul(-1).softplus(slope);
        return new Drawn(value.mul(share), slope.mul(-share));
    }

    private static Drawn complexVd(Strips at, Strip logAlpha) {
        Strip slope = at.copy(logAlpha).map(Divergence::complexVdSlope);
        return new Drawn(logAlpha.map(Divergence::complexVd), slope);
    }

    /** Whether it depends on nothing but logAlpha. */
    boolean isOfLogAlpha() {
        return logSigma2Slope() == 0;
    }

    /** Its slope by logSigma2 at the same logAlpha. */
    public double logSigma2Slope() {
        return this == COMPLEX_VD_SCALE_FREE ? -0.5 : 0;
    }

    private static double complexVd(double logAlpha) {
        return logAlpha < SMALLEST_EXPONENT
                ? ExponentialIntegral.EULER_GAMMA - logAlpha
                : ExponentialIntegral.ein(Math.exp(-logAlpha));
    }

    private static double complexVdSlope(double logAlpha) {
        return Math.expm1(-Math.exp(-logAlpha));
    }

    /** {@code height * sigmoid(-scale * logAlpha - shift)}. */
    private record Fit(double height, double scale, double shift) {
        double value(double logAlpha) {
            return height * Logistic.sigmoid(-scale * logAlpha - shift);
        }

        double slope(double logAlpha) {
            return -scale * height * Logistic.sigmoidSlope(-scale * logAlpha - shift);
        }

        /** This and another function of the same logAlpha. */
        Drawn plus(Strips at, Strip logAlpha, Drawn other) {
            Strip open = logAlpha.fma(-scale, -shift).sigmoid();
            Strip slope = at.copy(open).rsub(1).mul(open).fma(-scale * height, other.slope());
            return new Drawn(open.fma(height, other.value()), slope);
        }
    }
}
