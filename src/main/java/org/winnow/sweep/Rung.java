package org.winnow.sweep;

import java.io.Serializable;

/**
 * How a training stands when trials are compared.
 *
 * @param goodness held-out metric, turned so that more is better
 * @param metric the same in its own units
 * @param sparsity share of features whose gates are closed
 * @param kept features whose gates are open
 * @param epochs so far
 */
public record Rung(double goodness, double metric, double sparsity, int kept, int epochs) implements Serializable {
    /** Whether it is nowhere worse than the other, and somewhere better. */
    boolean dominates(Rung other) {
        return goodness >= other.goodness
                && sparsity >= other.sparsity
                && (goodness > other.goodness || sparsity > other.sparsity);
    }
}
