package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.check.UserError;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.model.NetworkState;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.TrainOptions.Rounds;

class DriverShardsTest {
    private static final SparkContext SPARK = SparkTest.session().sparkContext();
    private static final TrainOptions OPTIONS = TrainOptions.of(3, 16, 0.01, 2, 1);

    private static JavaRDD<Shard> spread(int count) {
        List<Shard> shards = IntStream.range(0, count)
                .mapToObj(i -> new Shard(i, Rows.block(20 + i % 7, i), Rows.block(5, 100 + i)))
                .toList();
        return JavaSparkContext.fromSparkContext(SPARK)
                .parallelize(shards, count)
                .cache();
    }

    private static NetworkState start() {
        NetworkOptions layers = new NetworkOptions(List.of(3), NetworkOptions.Activation.TANH);
        return Networks.build(Optional.empty(), Rows.COLUMNS, Rows.HEAD, layers, OPTIONS);
    }

    private static Trained train(Shards shards, Round.Listener listener) {
        Run run = new Run("trial-selecting", new Configuration(), listener);
        return AveragingTrainer.fit(shards, start(), Rows.HEAD, OPTIONS, run);
    }

    @Test
    void theDriverTakesTheSameRoundsAsSpark() {
        // More shards than a node of the tree of sums has children.
        for (int count : new int[] {1, 2, 35}) {
            JavaRDD<Shard> spread = spread(count);
            Trained onSpark = train(Shards.onSpark(spread), round -> {});
            Trained byDriver = train(DriverShards.of(spread), round -> {});
            assertArrayEquals(onSpark.network().parameters(), byDriver.network().parameters());
            assertEquals(onSpark.heldOut(), byDriver.heldOut());
            assertEquals(onSpark.loss(), byDriver.loss());
        }
    }

    @Test
    void whatElseIsAskedOfShardsIsTheSameToo() {
        JavaRDD<Shard> spread = spread(19);
        Shards onSpark = Shards.onSpark(spread);
        Shards byDriver = DriverShards.of(spread);
        assertEquals(onSpark.count(), byDriver.count());
        assertEquals(onSpark.mostRows(), byDriver.mostRows());
        assertEquals(onSpark.threads(), byDriver.threads());
        assertEquals(
                onSpark.judge(List.of(start(), start()), Rows.HEAD),
                byDriver.judge(List.of(start(), start()), Rows.HEAD));
        Shards.Sums sums = shard -> new double[] {1.0 / (3 + shard.index())};
        assertArrayEquals(onSpark.sums(sums), byDriver.sums(sums));
        List<Block> drawn = onSpark.sample(0.5, Noise.of(3));
        List<Block> drawnByDriver = byDriver.sample(0.5, Noise.of(3));
        assertEquals(19, drawnByDriver.size());
        for (int i = 0; i < drawn.size(); i++) {
            assertArrayEquals(drawn.get(i).inputs(), drawnByDriver.get(i).inputs());
        }
        try (Shards narrow = byDriver.keep(new int[] {1})) {
            assertEquals(1, narrow.sample(1, Noise.of(3)).get(0).columns());
        }
    }

    @Test
    void aLocalMasterLendsItsRowsWithoutACopy() {
        JavaRDD<Shard> spread = spread(3);
        DriverShards first = DriverShards.of(spread);
        DriverShards second = DriverShards.of(spread);
        Set<Block> blocks = ConcurrentHashMap.newKeySet();
        Shards.Change look = shard -> {
            blocks.add(shard.train());
            return shard;
        };
        first.map(look);
        second.map(look);
        assertEquals(3, blocks.size());
    }

    @Test
    void whoCancelsTheJobStopsTheTraining() throws InterruptedException {
        AtomicInteger rounds = new AtomicInteger();
        CountDownLatch cancelled = new CountDownLatch(1);
        Thread canceller = new Thread(() -> {
            SPARK.cancelJobGroup("trial-selecting");
            cancelled.countDown();
        });
        SparkException stopped = assertThrows(
                SparkException.class,
                () -> train(DriverShards.of(spread(2)), round -> {
                    if (rounds.incrementAndGet() == 1) {
                        canceller.start();
                    }
                    waitFor(cancelled);
                }));
        canceller.join();
        assertTrue(stopped.toString().contains("cancelled"), stopped.toString());
        assertTrue(rounds.get() < 3, "rounds " + rounds);
    }

    /** The task hears of its end some time after the canceller has said so. */
    private static void waitFor(CountDownLatch cancelled) {
        try {
            assertTrue(cancelled.await(1, TimeUnit.MINUTES));
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatFailsFailsAsItIs() {
        UserError fault = new UserError("of a listener");
        assertSame(
                fault,
                assertThrows(
                        UserError.class,
                        () -> train(DriverShards.of(spread(2)), round -> {
                            throw fault;
                        })));
    }

    @Test
    void theWayIsChosenByMasterAndSize() {
        JavaRDD<Shard> spread = spread(2);
        long heap = Runtime.getRuntime().maxMemory();
        assertTrue(Shards.of(spread, heap / 9, Rounds.AUTO) instanceof DriverShards);
        assertTrue(Shards.of(spread, heap / 7, Rounds.AUTO) instanceof SparkShards);
        assertTrue(Shards.of(spread, heap / 7, Rounds.LOCAL) instanceof DriverShards);
        assertTrue(Shards.of(spread, 100, Rounds.SPARK) instanceof SparkShards);
        UserError error = assertThrows(UserError.class, () -> Shards.of(spread, heap, Rounds.LOCAL));
        assertTrue(error.getMessage().startsWith("train.rounds=local: the rows take "), error.getMessage());
    }
}
