package org.winnow.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.model.MaskResult;
import org.winnow.model.RelevanceResult;
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
        MaskMap map = section()
                .image(Tables.masks(SparkTest.session(), List.of(mask)), "trial")
                .orElseThrow();
        assertEquals(5, map.width());
        assertEquals(5, map.height());
        assertEquals(2, map.max());
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            assertEquals(pixel == 7 ? 2 : pixel == 24 ? 1 : 0, map.values().get(pixel), "pixel " + pixel);
        }
    }

    private static LayerSection section() {
        RelevanceResult fc1 = new RelevanceResult("trial", 3, "fc1", 3, UNITS * PIXELS, "accuracy", 0.9, 0.9, 75);
        return LayerSection.of(
                Tables.relevance(SparkTest.session(), List.of(fc1)).collectAsList());
    }
}
