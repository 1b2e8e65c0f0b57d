package org.winnow.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.winnow.data.Block;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/** Measures how fast training steps are, as shards take them in a round. */
public final class StepRate {
    /** Steps of an epoch, as in the baseline. */
    public static final int STEPS = 100;

    private StepRate() {}

    /**
     * Samples per second of the best of several epochs of {@link #STEPS} minibatches, at least two.
     *
     * @param rows as many as an epoch takes
     * @param threads that train side by side, each a shard of its own
     * @param seconds after which no further epoch begins
     */
    public static double measure(NetworkState network, Block rows, Head head, int batch, int threads, double seconds)
            throws InterruptedException {
        TrainOptions options = TrainOptions.of(1, batch, 1e-3, STEPS, 1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Packed parameters = Packed.of(network.parameters());
            Packed updaterState = Packed.NONE;
            double best = Double.POSITIVE_INFINITY;
            long begun = System.nanoTime();
            for (int epoch = 0; epoch < 2 || (System.nanoTime() - begun) * 1e-9 < seconds; epoch++) {
                RoundInput round = new RoundInput(
                        network.configuration(), options, 0, 0, parameters, updaterState, epoch * STEPS, STEPS, false);
                long started = System.nanoTime();
                PartialMean first = round(pool, round, new BlockExamples(rows, head), threads);
                best = Math.min(best, (System.nanoTime() - started) * 1e-9);
                parameters = first.parameters();
                updaterState = first.updaterState();
            }
            return (double) threads * STEPS * batch / best;
        } finally {
            pool.shutdown();
        }
    }

    private static PartialMean round(ExecutorService pool, RoundInput round, Examples examples, int threads)
            throws InterruptedException {
        List<Future<PartialMean>> shards = new ArrayList<>();
        for (int shard = 0; shard < threads; shard++) {
            int index = shard;
            shards.add(pool.submit(() -> Worker.of(round.configuration()).steps(round, index, examples, Score.NONE)));
        }
        try {
            for (Future<PartialMean> shard : shards) {
                shard.get();
            }
            return shards.get(0).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a training step failed", e.getCause());
        }
    }
}
