package org.winnow.train;

import java.io.Serializable;
import org.winnow.model.GateStatistics;

/**
 * Everything that the driver carries from a round to the next, and so everything that a checkpoint has to keep.
 *
 * @param rounds done
 * @param parameters that the next round begins with
 * @param updaterState of the same; empty before the first round
 * @param velocity of the outer optimiser; empty where there is none
 * @param loss mean loss of a training row in the last round
 * @param gates over shards, in the last round
 * @param gatesOverRounds over shards and rounds, of which the latest weigh most
 * @param bestParameters those with the best held-out metric so far; empty before the first judgement, or without patience
 * @param bestMetric that metric
 * @param sinceBest judgements since
 */
record RoundState(
        int rounds,
        float[] parameters,
        Packed updaterState,
        float[] velocity,
        double loss,
        GateStatistics gates,
        GateStatistics gatesOverRounds,
        float[] bestParameters,
        double bestMetric,
        int sinceBest)
        implements Serializable {

    static RoundState start(float[] parameters, Outer outer) {
        return start(parameters, Packed.NONE, outer);
    }

    static RoundState start(float[] parameters, Packed updaterState, Outer outer) {
        float[] velocity = new float[outer == Outer.NONE ? 0 : parameters.length];
        GateStatistics none = GateStatistics.NONE;
        return new RoundState(
                0, parameters, updaterState, velocity, Double.NaN, none, none, new float[0], Double.NaN, 0);
    }

    /** After a round, whose average the outer optimiser may take for a gradient. */
    RoundState after(RoundMean mean, TrainOptions options) {
        float[] nextVelocity = velocity.clone();
        float[] nextParameters = options.outer()
                .step(
                        parameters,
                        mean.parameters(),
                        nextVelocity,
                        options.outerLearningRate(),
                        options.outerMomentum());
        return new RoundState(
                rounds + 1,
                nextParameters,
                mean.updaterState(),
                nextVelocity,
                mean.loss(),
                mean.gates(),
                gatesOverRounds.followedBy(mean.gates()),
                bestParameters,
                bestMetric,
                sinceBest);
    }

    /** After a judgement of parameters, by a metric of which more is better. */
    RoundState judged(float[] judgedParameters, double metric) {
        boolean better = bestParameters.length == 0 || metric > bestMetric;
        return new RoundState(
                rounds,
                parameters,
                updaterState,
                velocity,
                loss,
                gates,
                gatesOverRounds,
                better ? judgedParameters : bestParameters,
                better ? metric : bestMetric,
                better ? 0 : sinceBest + 1);
    }
}
