package org.winnow.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GateStatisticsTest {
    @Property
    void mergeGivesTheMomentsOfAllWhateverTheGrouping(
            @ForAll @Size(min = 3, max = 20) List<@DoubleRange(max = 1) Double> values) {
        List<GateStatistics> parts = values.stream()
                .map(value -> GateStatistics.of(new double[] {value}))
                .toList();
        GateStatistics fromLeft = parts.stream().reduce(GateStatistics::merge).orElseThrow();
        GateStatistics fromRight = parts.get(parts.size() - 1);
        for (int i = parts.size() - 2; i >= 0; i--) {
            fromRight = parts.get(i).merge(fromRight);
        }
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double variance = values.stream()
                .mapToDouble(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        for (GateStatistics merged : List.of(fromLeft, fromRight)) {
            assertEquals(values.size(), merged.count());
            assertEquals(mean, merged.mean()[0], 1e-12);
            assertEquals(variance, Math.pow(merged.deviation(0), 2), 1e-12);
        }
    }

    @Test
    void overRoundsTheLatestWeighMost() {
        GateStatistics settled = GateStatistics.NONE;
        for (int round = 0; round < 400; round++) {
            double value = round < 200 ? 9 : round % 2;
            GateStatistics shards =
                    GateStatistics.of(new double[] {value - 1}).merge(GateStatistics.of(new double[] {value + 1}));
            settled = settled.followedBy(shards);
        }
        assertEquals(40, settled.count(), 1e-6);
        assertEquals(0.5, settled.mean()[0], 0.02);
        assertEquals(1 + 0.25, Math.pow(settled.deviation(0), 2), 0.01);
    }

    @Test
    void theFirstRoundIsAllThatIsKnownAfterIt() {
        GateStatistics round = GateStatistics.of(new double[] {0.3, -1});
        assertSame(round, GateStatistics.NONE.followedBy(round));
    }

    @Test
    void whatIsNotKnownOverShardsStaysUnknown() {
        GateStatistics unknown = GateStatistics.unspread(new double[] {0.3});
        assertEquals(0.3, unknown.mean()[0]);
        assertEquals(Double.NaN, unknown.deviation(0));
    }
}
