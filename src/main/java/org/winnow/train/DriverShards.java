package org.winnow.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/** Shards that the driver holds: a round is taken by its threads, each with a run of neighbours, as tasks of Spark are. */
final class DriverShards extends Shards {
    private final JavaSparkContext spark;
    private final List<Shard> shards;
    private final SideBySide threads;

    private DriverShards(JavaSparkContext spark, List<Shard> shards, SideBySide threads) {
        this.spark = spark;
        this.shards = shards;
        this.threads = threads;
    }

    /** The shards of partitions, in their order. Those that a local master holds are not copied. */
    static DriverShards of(JavaRDD<Shard> partitions) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(partitions.context());
        return new DriverShards(
                spark,
                spark.isLocal() ? held(partitions) : partitions.collect(),
                new SideBySide(SparkShards.threads(spark)));
    }

    private static List<Shard> held(JavaRDD<Shard> partitions) {
        try (LocalReference<ConcurrentSkipListMap<Integer, Shard>> held =
                LocalReference.to(new ConcurrentSkipListMap<>())) {
            ShardRuns.of(partitions).foreach(shard -> held.value().put(shard.index(), shard));
            return List.copyOf(held.value().values());
        }
    }

    /** A run, as one job of one task where the master is local: Spark's pages show it, and who cancels the job stops it. */
    <T> T inJob(String run, Supplier<T> work) {
        if (!spark.isLocal()) {
            return work.get();
        }
        try (JobGroup group = new JobGroup(spark.sc(), run)) {
            group.describe("all rounds, by " + threads.threads() + " threads of the driver");
            return DriverJob.of(spark, work);
        }
    }

    @Override
    public int count() {
        return shards.size();
    }

    @Override
    int mostRows() {
        return shards.stream().mapToInt(shard -> shard.train().rows()).max().orElseThrow();
    }

    @Override
    void describe(String purpose) {
        // All rounds are one job, which is described already.
    }

    @Override
    RoundMean round(RoundInput input, Head head) {
        requireWanted();
        List<PartialMean> nodes = inRuns(run -> ShardTree.inOrder(
                run.iterator(), shard -> Worker.of(input.configuration()).take(input, shard, head)));
        return ShardTree.mean(nodes.iterator(), node -> node, Cores.ALL);
    }

    /** Ends a training whose job was cancelled. */
    private static void requireWanted() {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("cancelled");
        }
    }

    @Override
    public List<Score> judge(List<NetworkState> networks, Head head) {
        return networks.stream()
                .map(network -> inRuns(run -> run.stream()
                                .map(shard -> Worker.of(network.configuration())
                                        .judge(network.parameters(), shard.test(), head))
                                .toList())
                        .stream()
                        .reduce(Score.NONE, Score::merge))
                .toList();
    }

    @Override
    public Shards map(Change change) {
        return with(change);
    }

    /** Shards made of these. */
    DriverShards with(Change change) {
        return new DriverShards(
                spark, inRuns(run -> run.stream().map(change::of).toList()), threads);
    }

    @Override
    public List<Block> sample(double share, Noise noise) {
        return inRuns(run ->
                run.stream().map(shard -> Shards.sample(shard, share, noise)).toList());
    }

    @Override
    public double[] sums(Sums sums) {
        List<ShardSum> nodes = inRuns(
                run -> ShardTree.inOrder(run.iterator(), shard -> new ShardSum(shard.index(), 1, sums.of(shard))));
        return ShardTree.sum(nodes.iterator(), node -> node).numbers();
    }

    /** What runs of neighbours, one for each thread, come to, put together in their order. */
    private <T> List<T> inRuns(Function<List<Shard>, List<T>> run) {
        int runs = Math.max(1, Math.min(threads.threads(), shards.size()));
        List<Supplier<List<T>>> tasks = IntStream.range(0, runs)
                .<Supplier<List<T>>>mapToObj(i -> () -> run.apply(shards.subList(
                        ShardRuns.first(i, runs, shards.size()), ShardRuns.first(i + 1, runs, shards.size()))))
                .toList();
        List<T> all = new ArrayList<>();
        threads.all(tasks).forEach(all::addAll);
        return all;
    }

    @Override
    public int threads() {
        return threads.threads();
    }

    @Override
    public Configuration hadoop() {
        return spark.hadoopConfiguration();
    }

    @Override
    boolean ledByDriver() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }
}
