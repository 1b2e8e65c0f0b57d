package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;

/** What comes out of whole loads. */
class DataLoaderTest {
    private static final DataOptions BREAST_CANCER =
            DataOptions.of("src/main/data/breast-cancer.csv").withLabel("diagnosis");

    @Test
    void standardisesOverTheTrainingRowsOnly() {
        LoadedData data = DataLoader.load(SparkTest.session(), BREAST_CANCER, 3, 1);
        assertEquals(455, data.trainRows());
        assertEquals(114, data.testRows());
        assertEquals(List.of("benign", "malignant"), data.schema().classes());
        assertEquals(30, data.schema().inputs());
        assertEquals(List.of(), data.warnings());
        List<Shard> shards = data.shards().collect();
        assertEquals(List.of(0, 1, 2), shards.stream().map(Shard::index).toList());
        for (int input = 0; input < 30; input++) {
            double sum = 0;
            double squares = 0;
            for (Shard shard : shards) {
                for (int row = 0; row < shard.train().rows(); row++) {
                    double value = shard.train().inputs()[row * 30 + input];
                    sum += value;
                    squares += value * value;
                }
            }
            assertEquals(0, sum / 455, 1e-6);
            assertEquals(1, squares / 455, 1e-6);
        }
        assertEquals(114, shards.stream().mapToInt(shard -> shard.test().rows()).sum());
        assertTrue(shards.stream().allMatch(shard -> shard.test().rows() == 38));
    }

    @Test
    void knowsWhatIsRelevantInSyntheticData() {
        LoadedData data = DataLoader.load(SparkTest.session(), DataOptions.of("synthetic:two-moons?rows=500"), 0, 1);
        assertEquals(List.of(0, 1), data.relevant());
        assertEquals(20, data.schema().inputs());
        assertEquals(2, data.shardCount());
        assertEquals(Task.CLASSIFICATION, data.schema().task());
    }
}
