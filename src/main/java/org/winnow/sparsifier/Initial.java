package org.winnow.sparsifier;

import org.winnow.check.Check;
import org.winnow.kernel.Noise;

/** The first values of a parameter, a pure function of a stream and an element's index in row-major order. */
@FunctionalInterface
public interface Initial {
    /** The value of an element. */
    double value(Noise stream, long index);

    /** The same value everywhere. */
    static Initial constant(double value) {
        return (stream, index) -> value;
    }

    /** Uniform in (-bound, bound). */
    static Initial uniform(double bound) {
        Check.notNegative(bound, "bound");
        return (stream, index) -> bound * (2 * stream.uniform(index) - 1);
    }
}
