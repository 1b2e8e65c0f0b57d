package org.winnow.train;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

/**
 * What a round comes to over all shards.
 *
 * @param samples rows taken
 * @param loss mean over them
 * @param parameters mean over the shards, weighted by the rows they took
 * @param updaterState the same of the updater's state; empty where it is not averaged
 */
record RoundMean(
        long samples, double loss, float[] parameters, float[] updaterState, GateStatistics gates, Score heldOut) {

    /** Elements that are added up at once, so that their sums stay in the nearest cache. */
    private static final int BLOCK = 2048;

    /** That of results in the order of their shards; the bits of {@link PartialSum#mean}, without its long arrays. */
    static RoundMean of(List<ShardResult> results) {
        long samples = ShardResult.samples(results);
        return new RoundMean(
                samples,
                ShardResult.loss(results) / samples,
                mean(results, ShardResult::parameters, samples),
                mean(results, ShardResult::updaterState, samples),
                ShardResult.gates(results),
                ShardResult.heldOut(results));
    }

    private static float[] mean(List<ShardResult> results, Function<ShardResult, Packed> part, long samples) {
        float[] mean = new float[part.apply(results.get(0)).length()];
        IntStream.range(0, (mean.length + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
            int from = block * BLOCK;
            double[] sum = new double[Math.min(BLOCK, mean.length - from)];
            float[] values = new float[sum.length];
            for (ShardResult result : results) {
                FloatBuffer all = part.apply(result).buffer();
                all.position(from).get(values);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += (double) values[i] * result.samples();
                }
            }
            for (int i = 0; i < sum.length; i++) {
                mean[from + i] = (float) (sum[i] / samples);
            }
        });
        return mean;
    }
}
