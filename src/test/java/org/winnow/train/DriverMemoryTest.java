package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.data.Shard;
import org.winnow.model.NetworkState;

/** What the driver holds on to is a round's state, however many rounds and shards there are. */
class DriverMemoryTest {
    private static final SparkContext SPARK = SparkTest.session().sparkContext();
    private static final NetworkOptions LAYERS = new NetworkOptions(List.of(200, 100), NetworkOptions.Activation.TANH);

    /** Bytes that Spark itself remembers of a task for its pages, and then some. */
    private static final long OF_A_TASK = 6_000;

    /** Trains so many rounds of one step; returns bytes of heap in use after the rounds asked for. */
    private static List<Long> heap(int shards, int rounds, Integer... after) {
        List<Shard> pieces = IntStream.range(0, shards)
                .mapToObj(i -> new Shard(i, Rows.block(2, i), Rows.block(1, 100 + i)))
                .toList();
        JavaRDD<Shard> spread = JavaSparkContext.fromSparkContext(SPARK).parallelize(pieces, shards);
        TrainOptions options = TrainOptions.of(rounds, 2, 1e-4, 1, 1);
        NetworkState start = Networks.build(Optional.empty(), Rows.COLUMNS, Rows.HEAD, LAYERS, options);
        List<Long> used = new ArrayList<>();
        Run run = new Run("memory", new Configuration(), round -> {
            if (List.of(after).contains(round.number())) {
                used.add(inUse());
            }
        });
        AveragingTrainer.fit(spread, start, Rows.HEAD, options, run);
        return used;
    }

    /** Parameters are floats, and so are the two numbers of Adam for each. */
    private static long bytesOfState() {
        TrainOptions options = TrainOptions.of(1, 2, 1e-4, 1, 1);
        NetworkState start = Networks.build(Optional.empty(), Rows.COLUMNS, Rows.HEAD, LAYERS, options);
        return 3L * Float.BYTES * start.parameters().length;
    }

    /** The least of a few measurements: what is released takes Spark's cleaner a moment. */
    private static long inUse() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            pause();
        }
        return least;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long broadcastBlocks() {
        return SparkEnv.get()
                .blockManager()
                .getMatchingBlockIds(block -> block.isBroadcast())
                .size();
    }

    @Test
    void fiveHundredRoundsLeaveNoMoreThanFifty() {
        int persistent = SPARK.getPersistentRDDs().size();
        List<Long> used = heap(2, 500, 50, 500);
        long growth = used.get(1) - used.get(0);
        long allowed = 450 * 2 * OF_A_TASK;
        assertTrue(allowed < 450 * bytesOfState() / 10, "a tenth of what the rounds' states take would pass");
        assertTrue(growth < allowed, () -> growth + " bytes more in use after round 500 than after round 50");
        assertEquals(persistent, SPARK.getPersistentRDDs().size());
        long left = IntStream.range(0, 20)
                .mapToLong(i -> {
                    System.gc();
                    pause();
                    return broadcastBlocks();
                })
                .min()
                .orElseThrow();
        assertTrue(left < 50, () -> left + " blocks of broadcasts are left after 500 rounds");
    }

    @Test
    void moreShardsAreNotMoreToKeep() {
        // The tree over shards holds a few sums at a time; from 40 shards on they are no more.
        long some = heap(40, 6, 6).get(0);
        long many = heap(160, 6, 6).get(0);
        long allowed = 6 * 150 * OF_A_TASK;
        assertTrue(allowed < 120 * bytesOfState() / 5, "a fifth of the shards' parameters would pass");
        assertTrue(many - some < allowed, () -> (many - some) + " bytes more in use with 160 shards than with 40");
    }
}
