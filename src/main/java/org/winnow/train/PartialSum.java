package org.winnow.train;

import java.io.Serializable;
import java.util.List;
import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

/**
 * A node of {@link ShardTree}: the results of neighbouring shards added up, weighted by the rows they took, in double
 * precision and in the order of the shards, which is what makes the sum the same whatever arrived first.
 *
 * @param samples rows taken
 * @param loss sum over them
 * @param parameters sum of samples times parameters
 * @param updaterState the same of the updater's state
 */
record PartialSum(
        long samples, double loss, double[] parameters, double[] updaterState, GateStatistics gates, Score heldOut)
        implements Serializable {

    /** The sum over results, which are in the order of their shards. */
    static PartialSum of(List<ShardResult> results) {
        ShardResult first = results.get(0);
        double[] parameters = new double[first.parameters().length()];
        double[] updaterState = new double[first.updaterState().length()];
        for (ShardResult result : results) {
            add(parameters, result.parameters().floats(), result.samples());
            add(updaterState, result.updaterState().floats(), result.samples());
        }
        return new PartialSum(
                ShardResult.samples(results),
                ShardResult.loss(results),
                parameters,
                updaterState,
                ShardResult.gates(results),
                ShardResult.heldOut(results));
    }

    /** This and what comes after it. */
    PartialSum merge(PartialSum next) {
        return new PartialSum(
                samples + next.samples,
                loss + next.loss,
                sum(parameters, next.parameters),
                sum(updaterState, next.updaterState),
                gates.merge(next.gates),
                heldOut.merge(next.heldOut));
    }

    RoundMean mean() {
        return new RoundMean(samples, loss / samples, mean(parameters), mean(updaterState), gates, heldOut);
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
