package org.winnow.sweep;

import java.io.Serializable;
import java.util.List;

/**
 * A round of a training.
 *
 * @param metric latest judgement of the network with gates on held-out rows; not a number before the first
 * @param openGates for each trial that was known when it trained, in their order
 */
public record RoundRow(
        int round,
        int epoch,
        double loss,
        double metric,
        List<Integer> openGates,
        double samplesPerSecond,
        double seconds)
        implements Serializable {}
