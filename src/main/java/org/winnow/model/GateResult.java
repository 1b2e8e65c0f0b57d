package org.winnow.model;

import static org.winnow.check.Check.atLeast;

import java.io.Serializable;

/**
 * A gate after training: one row in the table of gates.
 *
 * @param trialId the trial it belongs to
 * @param layer name of the gated layer
 * @param gate index of the gate in its layer
 * @param name the feature that the gate guards, or the group of features
 * @param value of the gate without noise, in [0, 1]; where gates were not trained, 1 if it is kept and else 0
 * @param rawValue the same before it is limited to [0, 1]; not a number, as all of the next five, where gates were not
 *     trained
 * @param activeProbability probability that a noisy gate is above 0
 * @param shardMean mean of the raw value over shards, after their last steps and before the last average
 * @param shardStd standard deviation of the same; not a number where DL4J's master trained
 * @param roundsMean mean of the raw value over shards and about the last 20 rounds
 * @param roundsStd standard deviation of the same: how much the gate still moves
 * @param pValue probability of as much evidence in the training rows if the gate did not matter given all others; not a
 *     number where it was not tested
 * @param qValue least false discovery rate at which the gate is kept; not a number where it was not tested
 * @param rank from 1, by p-value where gates were tested, by value where they were trained, then by place in the ranking
 * @param selected whether the gate is kept
 */
public record GateResult(
        String trialId,
        String layer,
        int gate,
        String name,
        double value,
        double rawValue,
        double activeProbability,
        double shardMean,
        double shardStd,
        double roundsMean,
        double roundsStd,
        double pValue,
        double qValue,
        int rank,
        boolean selected)
        implements Serializable {
    public GateResult {
        atLeast(0, gate, "gate");
        atLeast(1, rank, "rank");
    }

    /** The same gate as a trial decides on it. */
    public GateResult decided(String byTrial, boolean isSelected) {
        return new GateResult(
                byTrial,
                layer,
                gate,
                name,
                value,
                rawValue,
                activeProbability,
                shardMean,
                shardStd,
                roundsMean,
                roundsStd,
                pValue,
                qValue,
                rank,
                isSelected);
    }
}
