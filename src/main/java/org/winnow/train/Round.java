package org.winnow.train;

import org.winnow.model.Score;

/**
 * What is known after a round.
 *
 * @param number of the round, from 1
 * @param of rounds in all
 * @param epoch passes over the data so far, counted from 1
 * @param loss mean loss of a training row in this round, penalty included
 * @param heldOut the latest judgement on the held-out rows; no rows before the first
 * @param judgedAfter the round after which those parameters stood; 0 for the initial ones
 * @param samplesPerSecond training rows taken in a second, over all rounds so far
 * @param seconds since training began or was resumed
 * @param secondsLeft estimated from the rounds so far
 * @param last whether training ends with it
 * @param parameters the averaged parameters
 */
public record Round(
        int number,
        int of,
        int epoch,
        double loss,
        Score heldOut,
        int judgedAfter,
        double samplesPerSecond,
        double seconds,
        double secondsLeft,
        boolean last,
        float[] parameters) {

    /** Hears of every round, on the driver. */
    @FunctionalInterface
    public interface Listener {
        void after(Round round);
    }
}
