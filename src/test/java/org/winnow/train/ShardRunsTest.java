package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;

class ShardRunsTest {
    private static final SparkContext SPARK = SparkTest.session().sparkContext();

    private static List<List<Integer>> runs(int shards) {
        List<Integer> indices = IntStream.range(0, shards).boxed().toList();
        return ShardRuns.of(JavaSparkContext.fromSparkContext(SPARK).parallelize(indices, shards))
                .glom()
                .collect();
    }

    @Test
    void thereIsARunOfNeighboursForEachCore() {
        int cores = SPARK.defaultParallelism();
        List<List<Integer>> runs = runs(4 * cores + 1);
        assertEquals(cores, runs.size());
        assertEquals(
                IntStream.rangeClosed(0, 4 * cores).boxed().toList(),
                runs.stream().flatMap(List::stream).toList());
        assertTrue(runs.stream().allMatch(run -> run.size() == 4 || run.size() == 5), runs::toString);
    }

    @Test
    void thereAreNoMoreRunsThanShards() {
        assertEquals(List.of(List.of(0)), runs(1));
    }
}
