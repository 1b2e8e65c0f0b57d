package org.winnow.gate;

/** How the active probabilities of the gates become the regulariser, before its weight. */
public enum Reduction {
    /** The vector of them; a loss adds its elements, as for {@link #SUM}. */
    NONE,
    /** Their mean. */
    MEAN,
    /** Their sum: the expected number of open gates. */
    SUM;

    /** The factor of each gate's active probability in the loss. */
    double share(int gates) {
        return this == MEAN ? 1.0 / gates : 1;
    }
}
