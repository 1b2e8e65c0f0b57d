package org.winnow.train;

import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;
import scala.Serializable;

/**
 * Puts neighbouring shards together, a run for each task that can be under way at a time: every task costs its start, an
 * answer and a result as large as the network, which at a round of a few minibatches is as much as the steps themselves.
 * Spark runs a task where the first of its shards is persisted; whatever touches shards first has to go through here, so
 * that the others are there too.
 */
final class ShardRuns implements PartitionCoalescer, Serializable {
    private ShardRuns() {}

    /** The same shards, in the same order, in as many partitions as tasks run at a time now. */
    static <T> JavaRDD<T> of(JavaRDD<T> shards) {
        int runs = Math.min(shards.getNumPartitions(), slots(shards.context(), shards.getNumPartitions()));
        return shards.wrapRDD(shards.rdd().coalesce(runs, false, Option.apply(new ShardRuns()), null));
    }

    /** Executors come and go; where they come because tasks wait for them, there has to be one for each shard. */
    private static int slots(SparkContext spark, int shards) {
        return spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false)
                ? shards
                : Math.max(
                        1,
                        spark.maxNumConcurrentTasks(
                                spark.resourceProfileManager().defaultResourceProfile()));
    }

    @Override
    public PartitionGroup[] coalesce(int runs, RDD<?> parent) {
        Partition[] shards = parent.partitions();
        PartitionGroup[] groups = new PartitionGroup[runs];
        for (int run = 0; run < runs; run++) {
            groups[run] = new PartitionGroup(Option.empty());
            for (int shard = first(run, runs, shards.length); shard < first(run + 1, runs, shards.length); shard++) {
                groups[run].partitions().$plus$eq(shards[shard]);
            }
        }
        return groups;
    }

    /** The first shard of a run; that of the run after the last is how many there are. */
    static int first(int run, int runs, int shards) {
        return (int) ((long) run * shards / runs);
    }
}
