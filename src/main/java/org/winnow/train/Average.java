package org.winnow.train;

import java.util.List;
import java.util.function.Function;

/** Parameters and updater state averaged over shards. */
record Average(float[] parameters, float[] updaterState) {

    /** The mean over shards, weighted by the rows they took, summed in the order of the list in double precision. */
    static Average of(List<ShardResult> results) {
        return new Average(mean(results, ShardResult::parameters), mean(results, ShardResult::updaterState));
    }

    private static float[] mean(List<ShardResult> results, Function<ShardResult, float[]> part) {
        double[] sum = new double[part.apply(results.get(0)).length];
        long samples = 0;
        for (ShardResult result : results) {
            float[] values = part.apply(result);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (double) values[i] * result.samples();
            }
            samples += result.samples();
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / samples);
        }
        return mean;
    }
}
