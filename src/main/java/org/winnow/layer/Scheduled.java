package org.winnow.layer;

/** A layer whose penalty and temperature change while it trains. */
public interface Scheduled {
    /**
     * Sets what its configured numbers are multiplied by from now on.
     *
     * @param penalty factor of the penalty's weight, at least 0
     * @param temperature factor of the temperature, or of the noise's deviation where there is one instead; above 0
     */
    void factors(double penalty, double temperature);
}
