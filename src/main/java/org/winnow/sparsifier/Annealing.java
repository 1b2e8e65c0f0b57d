package org.winnow.sparsifier;

import java.io.Serializable;
import org.winnow.check.Check;

/**
 * A factor of the temperature that goes from 1 to its last value in equal ratios, one step an epoch, and stays there:
 * {@code lastFactor^(epoch / epochs)}.
 *
 * @param lastFactor above 0
 * @param epochs at least 1
 */
public record Annealing(double lastFactor, int epochs) implements Serializable {
    /** The factor is always 1. */
    public static final Annealing NONE = new Annealing(1, 1);

    public Annealing {
        Check.positive(lastFactor, "lastFactor");
        Check.atLeast(1, epochs, "epochs");
    }

    /** The factor after so many epochs. */
    public double factor(int epoch) {
        return Math.pow(lastFactor, Math.min(epoch, epochs) / (double) epochs);
    }
}
