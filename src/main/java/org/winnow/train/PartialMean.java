package org.winnow.train;

import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

/**
 * What a shard, or several neighbouring ones, return from a round: a node of {@link ShardTree}.
 *
 * @param from index of the first shard
 * @param to index after the last
 * @param samples training rows taken
 * @param loss sum over those rows, penalty included
 * @param parameters after the last step; of several shards the mean, weighted by the rows they took
 * @param updaterState the same of the updater's state; empty where it is not averaged
 * @param gates raw values of all gates after the last step
 * @param heldOut judgement on held-out rows, of the parameters that the round began with
 */
record PartialMean(
        int from,
        int to,
        long samples,
        double loss,
        Packed parameters,
        Packed updaterState,
        GateStatistics gates,
        Score heldOut)
        implements ShardNode<PartialMean> {

    @Override
    public int shards() {
        return to - from;
    }

    /** The same with other arrays. */
    PartialMean with(Packed otherParameters, Packed otherUpdaterState) {
        return new PartialMean(from, to, samples, loss, otherParameters, otherUpdaterState, gates, heldOut);
    }

    @Override
    public PartialMean merge(PartialMean next, Cores cores) {
        long both = samples + next.samples;
        double share = both == 0 ? 0 : (double) next.samples / both;
        return new PartialMean(
                from,
                next.to,
                both,
                loss + next.loss,
                parameters.towards(next.parameters, share, cores),
                updaterState.towards(next.updaterState, share, cores),
                gates.merge(next.gates),
                heldOut.merge(next.heldOut));
    }

    /** The result of a round of which this is all; the parameters are used up. */
    RoundMean whole(Cores cores) {
        float[] mean = parameters.floats(cores);
        SpareBytes.give(parameters.bytes());
        return new RoundMean(samples, loss / samples, mean, updaterState, gates, heldOut);
    }
}
