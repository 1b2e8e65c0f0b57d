package org.winnow.sweep;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.within;

import java.io.Serializable;
import java.util.List;

/**
 * How a training stands when trials are compared.
 *
 * @param goodness held-out metric, turned so that more is better
 * @param metric the same in its own units
 * @param sparsity share of features, or weights, that would be dropped
 * @param kept features or weights that would be kept
 * @param total of them
 * @param epochs so far
 */
public record Rung(double goodness, double metric, double sparsity, int kept, int total, int epochs)
        implements Serializable {
    public Rung {
        within(0, total, kept, "kept");
        atLeast(0, epochs, "epochs");
    }

    private static final Rung UNKNOWN = new Rung(Double.NaN, Double.NaN, 0, 0, 0, 0);

    /** The last of them; one of which nothing is known if there is none. */
    static Rung last(List<Rung> rungs) {
        return rungs.isEmpty() ? UNKNOWN : rungs.get(rungs.size() - 1);
    }

    /** Whether it is nowhere worse than the other, and somewhere better. */
    boolean dominates(Rung other) {
        return goodness >= other.goodness
                && sparsity >= other.sparsity
                && (goodness > other.goodness || sparsity > other.sparsity);
    }
}
