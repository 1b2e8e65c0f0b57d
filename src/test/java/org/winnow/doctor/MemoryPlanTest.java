package org.winnow.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** The formula by hand. */
class MemoryPlanTest {
    private static final long MIB = 1 << 20;

    @Test
    void tenMillionParametersOnTwoTasks() {
        MemoryPlan plan = new MemoryPlan(10_000_000, 100, 5_000, 2);
        assertEquals(4L * (6 * 10_000_000L + 4 * 100 * 5_000L), plan.outsideOfTask());
        // 512 MiB + 3 x 240 MB of states, which is more than 512 MiB + 2 x 248 MB outside.
        assertEquals(1280 * MIB, plan.executorHeap());
        assertEquals(1536 * MIB, plan.overhead());
        assertEquals(2816 * MIB, plan.container());
        assertEquals(1024 * MIB, plan.driverHeap());
        assertTrue(plan.inWords().contains("--executor-memory 1280m --conf spark.executor.memoryOverhead=1536m"));
    }

    @Test
    void largeBatchesSetTheHeapThroughTheArraysOutside() {
        MemoryPlan plan = new MemoryPlan(1_000, 1_000, 100_000, 1);
        assertEquals(2048 * MIB, plan.executorHeap());
    }

    @Test
    void wrongNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryPlan(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new MemoryPlan(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new MemoryPlan(1, 1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new MemoryPlan(1, 1, 1, 0));
    }

    @Test
    void aContainerIsHeapAndOverhead() {
        SparkConf conf = new SparkConf(false).set("spark.master", "yarn").set("spark.executor.memory", "2g");
        assertEquals((2048 + 384) * MIB, Granted.toExecutor(conf));
        assertEquals(
                (2048 + 2457) * MIB,
                Granted.toExecutor(conf.clone().set("spark.executor.memoryOverheadFactor", "1.2")));
        assertEquals(3072 * MIB, Granted.toExecutor(conf.clone().set("spark.executor.memoryOverhead", "1g")));
        assertEquals(0, Granted.toExecutor(conf.clone().set("spark.master", "spark://host:7077")));
    }
}
