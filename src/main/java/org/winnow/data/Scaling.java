package org.winnow.data;

import java.io.Serializable;
import org.winnow.check.Check;

/**
 * How a column of numbers is standardised.
 *
 * @param mean what becomes 0
 * @param scale what becomes 1 above it: the standard deviation
 * @param fill what a missing value becomes: a number, or the index of a category
 * @param limit what lies further from 0 when it is scaled becomes this, or its negative
 */
public record Scaling(double mean, double scale, double fill, double limit) implements Serializable {
    static final double NO_LIMIT = Double.MAX_VALUE;

    /** Leaves values as they are. */
    public static final Scaling NONE = new Scaling(0, 1, 0);

    public Scaling {
        Check.positive(scale, "scale");
        Check.that(Double.isFinite(mean), "mean", "finite", mean);
        Check.that(Double.isFinite(fill), "fill", "finite", fill);
        Check.positive(limit, "limit");
    }

    /** Without a limit. */
    public Scaling(double mean, double scale, double fill) {
        this(mean, scale, fill, NO_LIMIT);
    }

    double apply(double value) {
        return Math.max(-limit, Math.min(limit, (value - mean) / scale));
    }
}
