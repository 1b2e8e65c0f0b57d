package org.winnow.prune;

import org.winnow.model.TrialResult;
import org.winnow.train.Round;

/** Hears of what goes on, on the driver. */
@FunctionalInterface
public interface PruneListener {
    /** For who looks at the results alone. */
    PruneListener SILENT = (phase, round) -> {};

    /** The stages, in their order. */
    enum Phase {
        DENSE,
        SPARSIFYING,
        FINE_TUNING
    }

    /** After every round of training. */
    void after(Phase phase, Round round);

    /** After every try of a search. */
    default void tried(TrialResult trial) {
        // Most do not search.
    }
}
