package org.winnow.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.model.MaskResult;
import org.winnow.model.RelevanceResult;
import org.winnow.table.LocalTable;
import org.winnow.table.Tables;

class LayerSectionTest {
    private static final int UNITS = 9;
    private static final int PIXELS = 25;

    /** Units are as many as a smaller image has pixels, and must not be taken for them. */
    @Test
    void aPixelHasTheWeightsOfAllUnits() {
        boolean[] kept = new boolean[UNITS * PIXELS];
        kept[7] = true;
        kept[2 * PIXELS + 7] = true;
        kept[8 * PIXELS + 24] = true;
        MaskResult mask = MaskResult.of("trial", 3, "fc1", "weight", new long[] {UNITS, PIXELS}, kept);
        LayerSection section = section();
        List<Row> masks = rows(Tables.masks(List.of(mask))).stream()
                .filter(section.imaged()::call)
                .toList();
        MaskMap map = section.image(masks).orElseThrow();
        assertEquals(5, map.width());
        assertEquals(5, map.height());
        assertEquals(2, map.max());
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            assertEquals(pixel == 7 ? 2 : pixel == 24 ? 1 : 0, map.values().get(pixel), "pixel " + pixel);
        }
    }

    private static LayerSection section() {
        RelevanceResult fc1 = new RelevanceResult("trial", 3, "fc1", 3, UNITS * PIXELS, "accuracy", 0.9, 0.9, 75);
        return LayerSection.of(rows(Tables.relevance(List.of(fc1))));
    }

    private static List<Row> rows(LocalTable table) {
        return table.on(SparkTest.session()).collectAsList();
    }

    @Test
    void onlyWeightsOfTheFirstLayerAtTheThresholdOfTheResultHaveAnImage() {
        boolean[] kept = new boolean[UNITS * PIXELS];
        long[] shape = {UNITS, PIXELS};
        List<Row> masks = rows(Tables.masks(List.of(
                MaskResult.of("trial", 3, "fc1", "weight", shape, kept),
                MaskResult.of("trial", 2, "fc1", "weight", shape, kept),
                MaskResult.of("trial", 3, "fc2", "weight", shape, kept),
                MaskResult.of("trial", 3, "fc1", "bias", shape, kept),
                MaskResult.of("trial", 3, "fc1", "weight", new long[] {1, 10_001}, new boolean[10_001]),
                MaskResult.of("trial", 3, "fc1", "weight", new long[] {UNITS * PIXELS}, kept),
                MaskResult.of("trial", 3, "fc1", "weight", new long[] {UNITS, 1, 5, 5}, kept))));
        assertEquals(
                List.of(masks.get(0)),
                masks.stream().filter(section().imaged()::call).toList());
    }
}
