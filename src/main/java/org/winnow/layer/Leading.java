package org.winnow.layer;

/** A layer that has less to do where nothing before it learns. */
public interface Leading {
    /** Whether its next passes have to give the gradient of their input; true unless said otherwise. */
    void inputGradientNeeded(boolean needed);
}
