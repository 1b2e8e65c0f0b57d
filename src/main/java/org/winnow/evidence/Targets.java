package org.winnow.evidence;

import java.io.Serializable;
import org.winnow.train.Head;

/**
 * The numbers that stand for a row's target: itself in regression; of two classes whether it is the second; of more, one
 * for each class.
 *
 * @param head what a network would answer with
 */
record Targets(Head head) implements Serializable {
    int count() {
        return head.width() == 2 ? 1 : head.width();
    }

    double of(float target, int which) {
        if (head.regression()) {
            return target;
        }
        return (int) target == (head.width() == 2 ? 1 : which) ? 1 : 0;
    }
}
