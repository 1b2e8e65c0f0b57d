package org.winnow.gate;

import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

/**
 * A strip of numbers that depend on parameters, as gates do.
 *
 * @param value the numbers
 * @param slope their derivatives by the parameters
 */
public record Drawn(Strip value, Strip slope) {
    /** These as {@link GateDistribution#clamp} leaves them; they are overwritten. */
    public Drawn clamped(Strips at) {
        slope.mul(at.copy(value).within(0, 1));
        return new Drawn(value.max(0).min(1), slope);
    }

    /** {@code sigmoid(v)}, which overwrites v, with {@code scale} times its slope. */
    static Drawn sigmoid(Strips at, Strip v, double scale) {
        Strip value = v.sigmoid();
        return new Drawn(value, at.copy(value).rsub(1).mul(value).mul(scale));
    }
}
