package org.winnow.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mozilla.javascript.RhinoException;

class PlotsTest {
    private static String data() throws IOException {
        List<RankSection.Item> items = List.of(
                new RankSection.Item("size", 1, 1, 1, 0.5, 0.01, true),
                new RankSection.Item("colour", 2, 1, 3, 0.1, 0.02, false));
        return new ObjectMapper()
                .writeValueAsString(
                        Map.of("metric", "mse", "ranks", new RankSection(items, items.size(), items.size())));
    }

    @Test
    void plotsThatWereBegunHaveTheSameBytes() throws IOException {
        Map<String, String> plots = Plots.of(data());
        assertEquals(Set.of("ranks"), plots.keySet());
        assertTrue(plots.getOrDefault("ranks", "").startsWith("<svg"), plots.toString());
        for (int report = 0; report < 2; report++) {
            Plots.begin();
            Plots.begin();
            assertEquals(plots, Plots.of(data()));
        }
        assertEquals(plots, Plots.of(data()));
    }

    @Test
    void whatIsNoDataIsAnError() {
        Plots.begin();
        assertThrows(RhinoException.class, () -> Plots.of("no JSON"));
    }
}
