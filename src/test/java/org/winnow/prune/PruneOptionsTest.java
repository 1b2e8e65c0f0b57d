package org.winnow.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.winnow.check.UserError;
import org.winnow.prune.PruneOptions.Pace;

class PruneOptionsTest {
    @Test
    void pacesEndWhereTheyShould() {
        // Frankle and Carbin: 20 % of what is left in each of 15 rounds.
        double end = 1 - Math.pow(0.8, 15);
        assertEquals(0.2, Pace.GEOMETRIC.after(1, 15, end), 1e-12);
        assertEquals(1 - Math.pow(0.8, 7), Pace.GEOMETRIC.after(7, 15, end), 1e-12);
        // Zhu and Gupta: s_f - s_f (1 - t/n)^3.
        assertEquals(0.9 * (1 - 0.421875), Pace.CUBIC.after(1, 4, 0.9), 1e-12);
        for (Pace pace : Pace.values()) {
            assertEquals(0.9, pace.after(4, 4, 0.9), 1e-12);
        }
    }

    @Test
    void theFirstPatternThatMatchesCounts() {
        LayerNumbers numbers = LayerNumbers.of("initial", List.of("fc1:1.5", "fc.*:-2", "(?:out):3e-1"));
        assertEquals(OptionalDouble.of(1.5), numbers.of("fc1"));
        assertEquals(OptionalDouble.of(-2), numbers.of("fc10"));
        assertEquals(OptionalDouble.of(0.3), numbers.of("out"));
        assertEquals(OptionalDouble.empty(), numbers.of("conv1"));
        assertThrows(IllegalArgumentException.class, () -> LayerNumbers.of("initial", List.of("fc1")));
        assertThrows(UserError.class, () -> numbers.requireMatches(List.of("fc1", "out2")));
    }
}
