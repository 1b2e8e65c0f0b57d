package org.winnow.train;

import java.io.Serializable;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** A round on executors: what every shard needs goes out, and the mean over what they return comes back. */
final class RoundJob {
    private RoundJob() {}

    /** A shard's part of a round. */
    @FunctionalInterface
    interface Part<T> extends Serializable {
        PartialMean of(RoundInput round, T shard);
    }

    /** The mean over shards, one to a partition in the order of their index. */
    static <T> RoundMean mean(JavaRDD<T> shards, RoundInput input, Part<T> part) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(shards.context());
        if (spark.isLocal()) {
            try (LocalReference<RoundInput> shared = LocalReference.to(input)) {
                return mean(shards, shard -> part.of(shared.value(), shard), OptionalLong.empty());
            }
        }
        // The driver is among them.
        int executors = spark.sc().statusTracker().getExecutorInfos().length - 1;
        try (Outgoing outgoing = Outgoing.of(input, spark, executors)) {
            return mean(shards, shard -> part.of(outgoing.value(), shard), OptionalLong.of(outgoing.id()));
        }
    }

    private static <T> RoundMean mean(JavaRDD<T> shards, ShardTree.Part<T> part, OptionalLong broadcast) {
        return ShardTree.mean(ShardRuns.of(shards), shards.getNumPartitions(), part, broadcast);
    }
}
