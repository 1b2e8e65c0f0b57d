package org.winnow.sweep;

import static org.winnow.check.Check.atLeast;

import java.io.Serializable;
import java.util.List;
import org.winnow.train.Round;

/**
 * A round of a training.
 *
 * @param metric latest judgement on held-out rows; not a number before the first
 * @param openGates for each trial that was known when it trained, in their order; none of a pruning
 */
public record RoundRow(
        int round,
        int epoch,
        double loss,
        double metric,
        List<Integer> openGates,
        double samplesPerSecond,
        double seconds)
        implements Serializable {
    public RoundRow {
        atLeast(1, round, "round");
        atLeast(0, epoch, "epoch");
        openGates = List.copyOf(openGates);
    }

    /**
     * A round that is over.
     *
     * @param secondsBefore those of earlier parts of the training
     */
    static RoundRow of(Round round, double metric, List<Integer> openGates, double secondsBefore) {
        return new RoundRow(
                round.number(),
                round.epoch(),
                round.loss(),
                metric,
                openGates,
                round.samplesPerSecond(),
                secondsBefore + round.seconds());
    }
}
