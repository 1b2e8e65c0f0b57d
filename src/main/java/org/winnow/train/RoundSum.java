package org.winnow.train;

import java.io.Serializable;
import java.util.List;
import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

/**
 * Shards' results added up, weighted by the rows they took, in double precision. Adding in the order of the shards is
 * what makes the sum the same whatever arrived first.
 *
 * @param parameters sum of samples times parameters
 * @param updaterState the same of the updater's state
 */
record RoundSum(
        long samples, double loss, double[] parameters, double[] updaterState, GateStatistics gates, Score heldOut)
        implements Serializable {

    /** The sum over results, which are in the order of their shards. */
    static RoundSum of(List<ShardResult> results) {
        ShardResult first = results.get(0);
        double[] parameters = new double[first.parameters().length()];
        double[] updaterState = new double[first.updaterState().length()];
        long samples = 0;
        double loss = 0;
        for (ShardResult result : results) {
            add(parameters, result.parameters().floats(), result.samples());
            add(updaterState, result.updaterState().floats(), result.samples());
            samples += result.samples();
            loss += result.loss();
        }
        return new RoundSum(
                samples,
                loss,
                parameters,
                updaterState,
                results.stream()
                        .map(ShardResult::gates)
                        .reduce(GateStatistics::merge)
                        .orElseThrow(),
                results.stream().map(ShardResult::heldOut).reduce(Score.NONE, Score::merge));
    }

    /** This and what comes after it. */
    RoundSum merge(RoundSum next) {
        return new RoundSum(
                samples + next.samples,
                loss + next.loss,
                sum(parameters, next.parameters),
                sum(updaterState, next.updaterState),
                gates.merge(next.gates),
                heldOut.merge(next.heldOut));
    }

    float[] meanParameters() {
        return mean(parameters);
    }

    float[] meanUpdaterState() {
        return mean(updaterState);
    }

    double meanLoss() {
        return loss / samples;
    }

    private static void add(double[] sum, float[] values, long weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (double) values[i] * weight;
        }
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private float[] mean(double[] sum) {
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / samples);
        }
        return mean;
    }
}
