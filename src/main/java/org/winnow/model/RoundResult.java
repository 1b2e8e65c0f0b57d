package org.winnow.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a round of a trial's training came to; the table of rounds has a row for each.
 *
 * @param round its number, from 1
 * @param loss mean loss of a training row, penalty included
 * @param metric latest judgement on held-out rows; not a number before the first
 * @param openGates under the trial's threshold; null where the trial was decided on a training that was there before
 *     it, or is a pruning
 */
public record RoundResult(
        String trialId,
        int round,
        int epoch,
        double loss,
        double metric,
        @Nullable Integer openGates,
        double samplesPerSecond,
        double seconds)
        implements Serializable {}
