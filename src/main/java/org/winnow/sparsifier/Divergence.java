package org.winnow.sparsifier;

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

    /** {@link #value} of strips, both of which are changed. */
    Strip value(Strips at, Strip logAlpha, Strip logSigma2) {
        return switch (this) {
            case REAL_VD -> {
                Strip fit = REAL_FIT.value(at.copy(logAlpha));
                yield logAlpha.mul(-1).softplus().fma(at.blank().set(0.5), fit);
            }
            case REAL_ARD -> logAlpha.mul(-1).softplus().mul(0.5);
            case COMPLEX_VD -> logAlpha.map(Divergence::complexVd);
            case COMPLEX_VD_APPROX -> {
                Strip fit = COMPLEX_FIT.value(at.copy(logAlpha));
                yield logAlpha.mul(-1).softplus().add(fit);
            }
            case COMPLEX_VD_SCALE_FREE ->
                logAlpha.map(Divergence::complexVd)
                        .add(-ExponentialIntegral.EULER_GAMMA)
                        .sub(logSigma2)
                        .mul(0.5);
            case COMPLEX_VD_BOGUS -> logAlpha.mul(-1);
            case COMPLEX_ARD -> logAlpha.mul(-1).softplus();
        };
    }

    /** {@link #slope} of a strip, which is changed. */
    Strip slope(Strips at, Strip logAlpha) {
        return switch (this) {
            case REAL_VD -> {
                Strip fit = REAL_FIT.slope(at, at.copy(logAlpha));
                yield logAlpha.mul(-1).sigmoid().fma(at.blank().set(-0.5), fit);
            }
            case REAL_ARD -> logAlpha.mul(-1).sigmoid().mul(-0.5);
            case COMPLEX_VD, COMPLEX_VD_BOGUS -> complexVdSlope(logAlpha);
            case COMPLEX_VD_APPROX -> {
                Strip fit = COMPLEX_FIT.slope(at, at.copy(logAlpha));
                yield logAlpha.mul(-1).sigmoid().rsub(0).add(fit);
            }
            case COMPLEX_VD_SCALE_FREE -> complexVdSlope(logAlpha).mul(0.5);
            case COMPLEX_ARD -> logAlpha.mul(-1).sigmoid().mul(-1);
        };
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

    private static Strip complexVdSlope(Strip logAlpha) {
        return logAlpha.map(Divergence::complexVdSlope);
    }

    /** {@code height * sigmoid(-scale * logAlpha - shift)}. */
    private record Fit(double height, double scale, double shift) {
        double value(double logAlpha) {
            return height * Logistic.sigmoid(-scale * logAlpha - shift);
        }

        double slope(double logAlpha) {
            return -scale * height * Logistic.sigmoidSlope(-scale * logAlpha - shift);
        }

        Strip value(Strip logAlpha) {
            return logAlpha.fma(-scale, -shift).sigmoid().mul(height);
        }

        Strip slope(Strips at, Strip logAlpha) {
            Strip open = logAlpha.fma(-scale, -shift).sigmoid();
            return at.copy(open).rsub(1).mul(open).mul(-scale * height);
        }
    }
}
