package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;

/** MADELON and MNIST as they are distributed, from the folder named by {@code -Dwinnow.data=DIR}. */
class RealDataTest {
    @Test
    void madelon() {
        LoadedData data = load("madelon.libsvm.gz", 0);
        assertEquals(2600, data.trainRows() + data.testRows());
        assertEquals(500, data.schema().inputs());
        assertEquals("f28", data.schema().inputNames().get(28));
        data.shards().unpersist();
    }

    @Test
    void mnist() {
        LoadedData data = load("train-images-idx3-ubyte.gz", 0);
        assertEquals(60_000, data.trainRows() + data.testRows());
        assertEquals(10, data.schema().classes().size());
        assertEquals(12, data.shardCount());
        assertEquals(
                48_000L, data.shards().map(shard -> (long) shard.train().rows()).reduce(Long::sum));
        data.shards().unpersist();
    }

    private static LoadedData load(String name, int shards) {
        String folder = System.getProperty("winnow.data", "");
        assumeTrue(!folder.isEmpty(), name + " is read from the folder given as -Dwinnow.data=DIR");
        return DataLoader.load(SparkTest.session(), DataOptions.of(folder + "/" + name), shards, 1);
    }
}
