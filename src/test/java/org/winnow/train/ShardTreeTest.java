package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

class ShardTreeTest {
    /** More than one block of numbers, and an end that is not a whole one. */
    private static final int LENGTH = 5000;

    @Test
    void anyPartitioningOfTheShardsGivesTheSameBits() {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());
        for (int shards : new int[] {1, 2, 3, 7, 8, 13, 37}) {
            List<Integer> indices = IntStream.range(0, shards).boxed().toList();
            RoundMean inThread = ShardTree.mean(indices.iterator(), ShardTreeTest::part, Cores.ONE);
            for (int tasks :
                    IntStream.of(1, 2, 3, 5, shards).filter(n -> n <= shards).toArray()) {
                JavaRDD<Integer> runs = spark.parallelize(indices, tasks);
                assertSame(
                        inThread,
                        ShardTree.mean(runs, shards, ShardTreeTest::part, OptionalLong.empty()),
                        shards + " in " + tasks);
            }
        }
    }

    @Test
    void sumsHaveTheSameBitsInAnyPartitioningToo() {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());
        for (int shards : new int[] {1, 3, 8, 37}) {
            List<Integer> indices = IntStream.range(0, shards).boxed().toList();
            ShardSum inThread = ShardTree.sum(indices.iterator(), ShardTreeTest::sum);
            assertEquals(shards, inThread.shards());
            assertEquals(
                    indices.stream()
                            .mapToDouble(index -> sum(index).numbers()[1])
                            .sum(),
                    inThread.numbers()[1],
                    1e-12);
            for (int tasks :
                    IntStream.of(1, 2, 5, shards).filter(n -> n <= shards).toArray()) {
                ShardSum onSpark = ShardTree.sum(spark.parallelize(indices, tasks), shards, ShardTreeTest::sum);
                assertArrayEquals(inThread.numbers(), onSpark.numbers(), shards + " in " + tasks);
            }
        }
    }

    private static ShardSum sum(int index) {
        return new ShardSum(index, 1, new double[] {1.0 / (index + 3), Math.exp(index % 7)});
    }

    @Test
    void theMeanIsThatOfTheWeightedSum() {
        List<Integer> indices = IntStream.range(0, 13).boxed().toList();
        RoundMean mean = ShardTree.mean(indices.iterator(), ShardTreeTest::part, Cores.ONE);
        List<PartialMean> parts = indices.stream().map(ShardTreeTest::part).toList();
        double[] sum = new double[LENGTH];
        for (PartialMean part : parts) {
            float[] values = part.parameters().floats();
            for (int i = 0; i < LENGTH; i++) {
                sum[i] += (double) part.samples() * values[i];
            }
        }
        double[] expected = Arrays.stream(sum).map(s -> s / mean.samples()).toArray();
        for (int i = 0; i < LENGTH; i++) {
            assertEquals(expected[i], mean.parameters()[i], 1e-6);
        }
        assertEquals(parts.stream().mapToDouble(PartialMean::loss).sum() / mean.samples(), mean.loss(), 1e-12);
        assertEquals(13, mean.gates().count());
    }

    @Test
    void shardsThatAgreeKeepTheirNumbers() {
        PartialMean agreed = part(2);
        RoundMean mean = ShardTree.mean(List.of(agreed, agreed, agreed).iterator(), part -> part, Cores.ONE);
        assertArrayEquals(agreed.parameters().floats(), mean.parameters());
    }

    @Test
    void theMeanIsWeightedByRowsAndAShardWithoutRowsCountsNothing() {
        PartialMean many = part(0, 3, 1, 10);
        PartialMean none = part(1, 0, 1000, 1000);
        PartialMean few = part(2, 1, 5, 50);
        RoundMean mean = ShardTree.mean(List.of(many, none, few).iterator(), part -> part, Cores.ONE);
        assertArrayEquals(new float[] {2}, mean.parameters());
        assertArrayEquals(new float[] {20}, mean.updaterState().floats());
    }

    @Test
    void allCoresComeToTheSameBitsAsOne() {
        int severalPieces = 1_000_003;
        for (double share : new double[] {0, 0.3, 1}) {
            Packed byOne = Packed.of(Normals.of(1, severalPieces))
                    .towards(Packed.of(Normals.of(2, severalPieces)), share, Cores.ONE);
            Packed byAll = Packed.of(Normals.of(1, severalPieces))
                    .towards(Packed.of(Normals.of(2, severalPieces)), share, Cores.ALL);
            assertArrayEquals(byOne.bytes(), byAll.bytes());
            assertArrayEquals(byOne.floats(Cores.ONE), byAll.floats(Cores.ALL));
        }
    }

    private static void assertSame(RoundMean expected, RoundMean actual, String what) {
        assertArrayEquals(expected.parameters(), actual.parameters(), what);
        assertArrayEquals(expected.updaterState().bytes(), actual.updaterState().bytes(), what);
        assertEquals(expected.samples(), actual.samples(), what);
        assertEquals(expected.loss(), actual.loss(), what);
        assertEquals(expected.heldOut(), actual.heldOut(), what);
        assertArrayEquals(expected.gates().mean(), actual.gates().mean(), what);
        assertArrayEquals(expected.gates().squares(), actual.gates().squares(), what);
    }

    private static PartialMean part(int shard) {
        return new PartialMean(
                shard,
                shard + 1,
                17L * shard % 5,
                0.1 * shard,
                Packed.of(Normals.of(shard, LENGTH)),
                Packed.of(Normals.of(shard + 100, 2 * LENGTH)),
                GateStatistics.of(new double[] {0.3 * shard}),
                new Score(shard + 1, 0.7 * shard, 1));
    }

    private static PartialMean part(int shard, long samples, float parameter, float state) {
        return new PartialMean(
                shard,
                shard + 1,
                samples,
                0,
                Packed.of(new float[] {parameter}),
                Packed.of(new float[] {state}),
                GateStatistics.of(new double[0]),
                Score.NONE);
    }
}
