package org.winnow.layer;

/** A layer whose penalty and temperature change while it trains. */
public interface Scheduled {
    /**
     * Sets what its configured numbers are multiplied by from now on.
     *
     * @param penalty factor of the penalty's weight, at least 0
     * @param temperature factor of the temperature, above 0; without meaning where there is none
     */
    void factors(double penalty, double temperature);
}
