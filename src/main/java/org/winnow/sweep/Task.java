package org.winnow.sweep;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.winnow.train.Leg;

/**
 * A training to do, or to go on with, and the trials to decide on it.
 *
 * @param training its id
 * @param trials to decide; the first says how to train
 * @param warmStart parameters to start from; none: new ones
 * @param warmStartFrom whose they are; empty: nobody's
 * @param paused where it has to go on; null: at the beginning
 * @param until share of all rounds after which it pauses to be compared; 1: never
 * @param rungs how it stood at earlier comparisons
 * @param trained what is known if it was trained before; then only the trials are decided
 */
public record Task<C extends Serializable>(
        String training,
        List<Trial<C>> trials,
        float[] warmStart,
        String warmStartFrom,
        @Nullable Stretch paused,
        double until,
        List<Rung> rungs,
        @Nullable TrainingResult trained)
        implements Serializable {
    /** The same with its trials in another order. */
    Task<C> withTrials(List<Trial<C>> others) {
        return new Task<>(training, others, warmStart, warmStartFrom, paused, until, rungs, trained);
    }

    C options() {
        return trials.get(0).options();
    }

    /** Parameters to start from, instead of new ones. */
    Optional<float[]> start() {
        return warmStart.length == 0 ? Optional.empty() : Optional.of(warmStart);
    }

    /** The part of the training to do. */
    Leg leg() {
        return new Leg(Optional.ofNullable(paused).map(Stretch::state), until);
    }

    List<RoundRow> roundsBefore() {
        return paused == null ? List.of() : paused.rounds();
    }

    double secondsBefore() {
        return paused == null ? 0 : paused.seconds();
    }
}
