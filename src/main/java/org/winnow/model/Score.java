package org.winnow.model;

import java.io.Serializable;
import org.winnow.check.Check;

/**
 * How a network does on a set of rows: a sum over rows, so that parts merge.
 *
 * @param rows rows judged
 * @param loss sum over rows of the cross entropy (nats) or of the squared error (target in units of its spread)
 * @param hits rows whose most probable class is theirs; 0 for a regression
 */
public record Score(long rows, double loss, long hits) implements Serializable {
    public Score {
        Check.that(rows >= 0, "rows", "at least 0", rows);
        Check.that(hits >= 0 && hits <= rows, "hits", "in [0, " + rows + "]", hits);
    }

    public static final Score NONE = new Score(0, 0, 0);

    public Score merge(Score other) {
        return new Score(rows + other.rows, loss + other.loss, hits + other.hits);
    }

    /** Mean loss of a row. */
    public double meanLoss() {
        return loss / rows;
    }

    /** Share of rows whose class was found. */
    public double accuracy() {
        return (double) hits / rows;
    }
}
