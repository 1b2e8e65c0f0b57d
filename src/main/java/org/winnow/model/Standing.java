package org.winnow.model;

import java.util.List;

/**
 * Where a feature stands among all, and how sure that is.
 *
 * @param gain share of the squared error that its gate took away, at its place on the forward path, on rows that did not
 *     fit it; not a number where nothing was ranked
 * @param gainStd standard deviation of the same over halves of the rows
 * @param lowest rank of its gate, from 1, in orders that other halves of the rows suggest, or three quarters of them
 * @param highest of these ranks
 * @param alike features that say the same, or nearly so: their ranks over the rows correlate by at least 0.99
 */
public record Standing(double gain, double gainStd, int lowest, int highest, List<String> alike) {
    /** Of a feature that was not ranked. */
    public static final Standing NONE = new Standing(Double.NaN, Double.NaN, 0, 0, List.of());

    public Standing {
        alike = List.copyOf(alike);
    }

    /** Whether it was ranked. */
    public boolean known() {
        return highest > 0;
    }
}
