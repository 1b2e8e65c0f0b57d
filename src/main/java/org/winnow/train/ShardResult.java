package org.winnow.train;

import java.io.Serializable;
import java.util.List;
import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

/**
 * What a shard returns from a round.
 *
 * @param shard its index
 * @param samples training rows taken
 * @param loss sum over those rows, penalty included
 * @param updaterState after the last step; empty where it is not averaged
 * @param gates raw values of all gates after the last step
 * @param heldOut judgement on the shard's held-out rows, of the parameters that the round began with
 */
record ShardResult(
        int shard,
        long samples,
        double loss,
        Packed parameters,
        Packed updaterState,
        GateStatistics gates,
        Score heldOut)
        implements Serializable {

    static long samples(List<ShardResult> results) {
        return results.stream().mapToLong(ShardResult::samples).sum();
    }

    /** Added up in the order given; a stream would not promise that. */
    static double loss(List<ShardResult> results) {
        double loss = 0;
        for (ShardResult result : results) {
            loss += result.loss();
        }
        return loss;
    }

    static GateStatistics gates(List<ShardResult> results) {
        return results.stream()
                .map(ShardResult::gates)
                .reduce(GateStatistics::merge)
                .orElseThrow();
    }

    static Score heldOut(List<ShardResult> results) {
        return results.stream().map(ShardResult::heldOut).reduce(Score.NONE, Score::merge);
    }
}
