package org.winnow.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.data.Block;
import org.winnow.data.DataLoader;
import org.winnow.data.DataOptions;
import org.winnow.data.LoadedData;
import org.winnow.kernel.Noise;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Shards;
import org.winnow.train.TrainingData;

class FeatureRankingTest {
    private static final NetworkOptions NETWORK = new NetworkOptions(List.of(32), NetworkOptions.Activation.RELU);

    private static List<FeatureRanking.Ranked> rank(String path, String label, Map<String, List<String>> groups) {
        LoadedData data =
                DataLoader.load(SparkTest.session(), DataOptions.of(path).withLabel(label), 3, 1);
        try {
            List<FeatureRanking.Ranked> onSpark = FeatureRanking.of(TrainingData.onSpark(data), groups, NETWORK, 1);
            assertEquals(onSpark, FeatureRanking.of(TrainingData.inThread(data), groups, NETWORK, 1));
            return onSpark;
        } finally {
            data.shards().unpersist();
        }
    }

    private static Set<String> first(List<FeatureRanking.Ranked> ranked, int count) {
        return ranked.stream().limit(count).map(FeatureRanking.Ranked::name).collect(Collectors.toSet());
    }

    @Test
    void featuresOfALinearTargetComeFirstHereAndOnSpark() {
        List<FeatureRanking.Ranked> ranked = rank("synthetic:friedman1?rows=1000", "", Map.of());
        assertEquals(Set.of("x1", "x2", "x4", "x5"), first(ranked, 4), ranked::toString);
        assertTrue(ranked.get(3).gain() > 10 * ranked.get(6).gain(), ranked::toString);
    }

    @Test
    void groupsHaveAPlaceTogether() {
        Map<String, List<String>> groups = Map.of(
                "signal",
                List.of("x4", "x10"),
                "weak",
                List.of("x3", "x9"),
                "rest",
                List.of("x1", "x2", "x5"),
                "noise",
                List.of("x6", "x7", "x8"));
        List<FeatureRanking.Ranked> ranked = rank("synthetic:friedman1?rows=1000", "", groups);
        assertEquals(Set.of("signal", "rest"), first(ranked, 2), ranked::toString);
        assertEquals(4, ranked.size());
    }

    @Test
    void aSampleOfTheRowsIsOfThemAndDrawnWithoutRepetition() {
        LoadedData data = DataLoader.load(SparkTest.session(), DataOptions.of("synthetic:two-moons"), 4, 1);
        try (Shards shards = TrainingData.inThread(data).shards()) {
            Noise noise = Noise.of(1);
            List<Block> half = shards.sample(0.5, noise);
            List<Block> all = shards.sample(1, noise);
            for (int shard = 0; shard < 4; shard++) {
                Set<List<Float>> rows = rows(all.get(shard));
                assertEquals(all.get(shard).rows(), rows.size());
                assertEquals((all.get(shard).rows() + 1) / 2, half.get(shard).rows());
                assertTrue(rows.containsAll(rows(half.get(shard))));
            }
        } finally {
            data.shards().unpersist();
        }
    }

    private static Set<List<Float>> rows(Block block) {
        return IntStream.range(0, block.rows())
                .mapToObj(row -> IntStream.range(0, block.columns())
                        .mapToObj(column -> block.inputs()[row * block.columns() + column])
                        .toList())
                .collect(Collectors.toSet());
    }
}
