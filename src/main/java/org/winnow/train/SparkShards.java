package org.winnow.train;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/** Shards on executors: a round is one Spark job, of a task for each core. */
final class SparkShards extends Shards {
    private final JavaRDD<Shard> shards;
    private final boolean owned;

    /** Shards that are unpersisted on closing if they are owned. */
    SparkShards(JavaRDD<Shard> shards, boolean owned) {
        this.shards = shards;
        this.owned = owned;
    }

    @Override
    public int count() {
        return shards.getNumPartitions();
    }

    @Override
    int mostRows() {
        return ShardRuns.of(shards).map(shard -> shard.train().rows()).reduce(Math::max);
    }

    /** The shards themselves. */
    JavaRDD<Shard> rdd() {
        return shards;
    }

    @Override
    void describe(String purpose) {
        spark().sc().setJobDescription(purpose);
    }

    @Override
    RoundMean round(RoundInput input, Head head) {
        return RoundJob.mean(
                shards,
                input,
                (round, shard) -> Worker.of(round.configuration()).take(round, shard, head));
    }

    @Override
    public List<Score> judge(List<NetworkState> networks, Head head) {
        List<Integer> numbers = IntStream.range(0, networks.size()).boxed().toList();
        Broadcast<List<NetworkState>> shared = spark().broadcast(List.copyOf(networks));
        try {
            // Parts come in the order of the networks, and of the shards within each.
            List<Score> parts = spark().parallelize(numbers, networks.size())
                    .cartesian(ShardRuns.of(shards))
                    .map(pair -> {
                        NetworkState network = shared.value().get(pair._1);
                        return Worker.of(network.configuration()).judge(network.parameters(), pair._2.test(), head);
                    })
                    .collect();
            int each = count();
            return numbers.stream()
                    .map(number -> parts.subList(number * each, (number + 1) * each).stream()
                            .reduce(Score.NONE, Score::merge))
                    .toList();
        } finally {
            shared.destroy();
        }
    }

    @Override
    public Shards map(Change change) {
        return new SparkShards(shards.map(change::of).persist(StorageLevel.MEMORY_AND_DISK()), true);
    }

    @Override
    public List<Block> sample(double share, Noise noise) {
        return ShardRuns.of(shards)
                .map(shard -> Shards.sample(shard, share, noise))
                .collect();
    }

    @Override
    public double[] sums(Sums sums) {
        return ShardTree.sum(ShardRuns.of(shards), count(), shard -> new ShardSum(shard.index(), 1, sums.of(shard)))
                .numbers();
    }

    /** Cores of a local master, whose executor waits meanwhile, or else of the driver. */
    @Override
    public int threads() {
        return spark().isLocal()
                ? spark().defaultParallelism()
                : spark().getConf().getInt("spark.driver.cores", 1);
    }

    @Override
    public Configuration hadoop() {
        return spark().hadoopConfiguration();
    }

    @Override
    boolean ledByDriver() {
        return true;
    }

    @Override
    public void close() {
        if (owned) {
            shards.unpersist();
        }
    }

    private JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(shards.context());
    }
}
