package org.winnow.layer;

/** A layer that computes its penalty together with its gradient. */
public interface Penalised {
    /** What its penalty added to the loss of the minibatch that it was last given the gradient of. */
    double lastPenalty();
}
