package org.winnow.kernel;

/** The logistic function and its relatives, none of which overflows or cancels anywhere on the real line. */
public final class Logistic {
    private Logistic() {}

    /** {@code 1 / (1 + e^-v)}. */
    public static double sigmoid(double v) {
        if (v >= 0) {
            return 1 / (1 + Math.exp(-v));
        }
        double e = Math.exp(v);
        return e / (1 + e);
    }

    /** The slope of {@link #sigmoid}, {@code sigmoid(v) * sigmoid(-v)}. */
    public static double sigmoidSlope(double v) {
        double e = Math.exp(-Math.abs(v));
        return e / ((1 + e) * (1 + e));
    }

    /** The inverse of {@link #sigmoid}, {@code log(p / (1 - p))}: infinite at 0 and 1. */
    public static double logit(double p) {
        return Math.log(p) - Math.log1p(-p);
    }

    /** {@code log(1 + e^v)}, whose slope is {@link #sigmoid}. */
    public static double softplus(double v) {
        return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }
}
