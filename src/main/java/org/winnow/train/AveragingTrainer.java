package org.winnow.train;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.winnow.data.Shard;
import org.winnow.model.GateStatistics;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/**
 * Trains a network on shards by rounds: every shard takes the same number of minibatches from the same parameters, then
 * parameters and updater state are averaged, weighted by rows (McMahan et al. 2017, arXiv:1602.05629). A round is one
 * Spark job. Shards are merged in their own order, so the result depends on their number and not on what ran them.
 */
public final class AveragingTrainer {
    private AveragingTrainer() {}

    /**
     * What training gives.
     *
     * @param loss mean loss of a training row in the last round, penalty included
     * @param heldOut judgement of the final parameters on the held-out rows
     * @param gates over shards, after the last round's steps and before their average
     */
    public record Trained(NetworkState network, double loss, Score heldOut, GateStatistics gates) {}

    public static Trained fit(
            JavaRDD<Shard> shards, NetworkState start, Head head, TrainOptions options, Round.Listener listener) {
        List<Integer> rows = shards.map(shard -> shard.train().rows()).collect();
        int mostRows = rows.stream().max(Integer::compare).orElseThrow();
        int batches = Batches.perEpoch(mostRows, options.batchSize());
        int steps = Math.multiplyExact(options.epochs(), batches);
        int rounds = (steps + options.averagingFrequency() - 1) / options.averagingFrequency();

        Average average = new Average(start.parameters(), new float[0]);
        Score heldOut = Score.NONE;
        double loss = Double.NaN;
        GateStatistics gates = GateStatistics.of(new double[0]);
        long samples = 0;
        long started = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            boolean judge = round % options.evaluateEvery() == 0;
            RoundInput input = new RoundInput(
                    start.configuration(),
                    head,
                    options,
                    average.parameters(),
                    average.updaterState(),
                    round * options.averagingFrequency(),
                    options.averagingFrequency(),
                    judge);
            List<ShardResult> results = run(shards, input);
            average = Average.of(results);
            gates = results.stream()
                    .map(ShardResult::gates)
                    .reduce(GateStatistics::merge)
                    .orElseThrow();
            long taken = results.stream().mapToLong(ShardResult::samples).sum();
            loss = results.stream().mapToDouble(ShardResult::loss).sum() / taken;
            samples += taken;
            if (judge) {
                heldOut = results.stream().map(ShardResult::heldOut).reduce(Score.NONE, Score::merge);
            }
            double seconds = (System.nanoTime() - started) * 1e-9;
            int done = round + 1;
            listener.after(new Round(
                    done,
                    rounds,
                    (Math.min(steps, done * options.averagingFrequency()) + batches - 1) / batches,
                    loss,
                    heldOut,
                    samples / seconds,
                    seconds / done * (rounds - done),
                    average.parameters()));
        }
        NetworkState trained = new NetworkState(start.configuration(), average.parameters());
        return new Trained(trained, loss, judge(shards, trained, head), gates);
    }

    /** A network as it is, judged. */
    public static Trained untrained(JavaRDD<Shard> shards, NetworkState network, Head head) {
        return new Trained(network, Double.NaN, judge(shards, network, head), GateStatistics.of(new double[0]));
    }

    /** Judges a network on the held-out rows of all shards. */
    public static Score judge(JavaRDD<Shard> shards, NetworkState network, Head head) {
        Broadcast<NetworkState> shared = context(shards).broadcast(network);
        try {
            return shards
                    .map(shard -> Worker.of(shared.value().configuration())
                            .judge(shared.value().parameters(), shard.test(), head))
                    .collect()
                    .stream()
                    .reduce(Score.NONE, Score::merge);
        } finally {
            shared.destroy();
        }
    }

    private static List<ShardResult> run(JavaRDD<Shard> shards, RoundInput input) {
        Broadcast<RoundInput> shared = context(shards).broadcast(input);
        try {
            return shards.map(shard -> Worker.of(shared.value().configuration()).take(shared.value(), shard))
                    .collect();
        } finally {
            shared.destroy();
        }
    }

    private static JavaSparkContext context(JavaRDD<Shard> shards) {
        return JavaSparkContext.fromSparkContext(shards.context());
    }
}
