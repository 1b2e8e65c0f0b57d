package org.winnow.evidence;

import java.io.Serializable;
import org.winnow.train.Head;

/**
 * The numbers that stand for a row's target: itself in regression; of two classes whether it is the second; of more, one
 * for each class.
 *
 * @param head what a network would answer with
 */
public record Targets(Head head) implements Serializable {
    /** How many for each row. */
    public int count() {
        return head.width() == 2 ? 1 : head.width();
    }

    /** One of them, of a row with a target. */
    public double of(float target, int which) {
        if (head.regression()) {
            return target;
        }
        return (int) target == (head.width() == 2 ? 1 : which) ? 1 : 0;
    }
}
