package org.winnow.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

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
}
