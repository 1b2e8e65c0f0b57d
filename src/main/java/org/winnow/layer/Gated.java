package org.winnow.layer;

/** A layer with stochastic gates. */
public interface Gated {
    /** Values of the gates without noise, before they are limited to [0, 1], one for each gate. */
    double[] rawGateValues();
}
