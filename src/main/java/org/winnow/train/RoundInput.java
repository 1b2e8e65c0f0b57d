package org.winnow.train;

import java.io.Serializable;

/**
 * What every shard needs for a round, broadcast as plain arrays.
 *
 * @param configuration of the network, as JSON
 * @param parameters at the start of the round
 * @param updaterState at the start of the round; empty before the first
 * @param firstStep minibatches that every shard has taken before this round
 * @param steps minibatches to take
 * @param judge whether the parameters given are judged on the held-out rows
 */
record RoundInput(
        String configuration,
        Head head,
        TrainOptions options,
        float[] parameters,
        float[] updaterState,
        int firstStep,
        int steps,
        boolean judge)
        implements Serializable {}
