package org.winnow.train;

import java.io.Serializable;

/**
 * What every shard needs for a round.
 *
 * @param configuration of the network, as JSON
 * @param epochsBefore that the network had learned for before this run; schedules go on from there
 * @param stepsBefore that its updater had taken before this run
 * @param parameters at the start of the round
 * @param updaterState at the start of the round; empty before the first
 * @param firstStep minibatches of this run that every shard has taken before this round
 * @param steps minibatches to take; a shard with fewer in an epoch begins its next epoch sooner
 * @param judge whether the parameters given are judged on the held-out rows
 */
record RoundInput(
        String configuration,
        TrainOptions options,
        int epochsBefore,
        int stepsBefore,
        Packed parameters,
        Packed updaterState,
        int firstStep,
        int steps,
        boolean judge)
        implements Serializable {
    /** The same with other arrays. */
    RoundInput with(Packed otherParameters, Packed otherUpdaterState) {
        return new RoundInput(
                configuration,
                options,
                epochsBefore,
                stepsBefore,
                otherParameters,
                otherUpdaterState,
                firstStep,
                steps,
                judge);
    }
}
