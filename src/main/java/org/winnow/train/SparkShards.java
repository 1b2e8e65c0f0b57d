package org.winnow.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final OptionalLong bytes;
    private final boolean owned;
    private Optional<DriverShards> atHand = Optional.empty();

    /**
     * Shards that are unpersisted on closing if they are owned.
     *
     * @param bytes of all rows, if the driver may fetch them; they are not above those
     */
    SparkShards(JavaRDD<Shard> shards, OptionalLong bytes, boolean owned) {
        this.shards = shards;
        this.bytes = bytes;
        this.owned = owned;
    }

    /** The same shards, fetched to where they are trained on sooner: a small network on few rows by the driver. */
    Shards wherever(int parameters, TrainOptions options) {
        if (!DriverRounds.areShort(bytes, count(), parameters, options)) {
            return this;
        }
        if (atHand.isEmpty()) {
            atHand = Optional.of(
                    DriverRounds.byDriver(DriverShards.of(shards), "they take less time than a job on the cluster"));
        }
        return atHand.get();
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
        // What is at hand is not fetched again.
        SparkShards changed =
                new SparkShards(shards.map(change::of).persist(StorageLevel.MEMORY_AND_DISK()), bytes, true);
        changed.atHand = atHand.map(held -> held.with(change));
        return changed;
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
        return threads(spark());
    }

    static int threads(JavaSparkContext spark) {
        return spark.isLocal() ? spark.defaultParallelism() : spark.getConf().getInt("spark.driver.cores", 1);
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
