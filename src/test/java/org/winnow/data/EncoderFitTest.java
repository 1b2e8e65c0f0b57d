package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.winnow.check.UserError;

/** How the columns of a data set become inputs, by every way to standardise. */
class EncoderFitTest {
    private static final Schema SCHEMA = new Schema(
            List.of(
                    Feature.numeric("varies"),
                    Feature.numeric("stays"),
                    Feature.categorical("colour", List.of("red", "green"))),
            "class",
            Task.CLASSIFICATION,
            List.of("no", "yes"));

    /** Target, two numbers and a category. */
    private static final double[][] ROWS = {{0, 1, 4, 0}, {1, 3, 4, 1}};

    @Test
    void columnsGoByTheirOwnMeanAndDeviation() {
        EncoderFit fit = fit(Standardising.COLUMNS, ROWS);
        assertEquals(List.of("stays"), fit.dropped());
        assertEquals(
                List.of(new Scaling(2, 1, 2), new Scaling(0, 1, 1)),
                fit.encoder().scalings());
    }

    @Test
    void robustGoesByMedianAndQuartilesAndCutsWhatIsFarAway() {
        double[][] rows = {{0, 1, 4, 0}, {1, 2, 4, 0}, {0, 3, 4, 0}, {1, 4, 4, 1}, {0, -999999, 4, 1}};
        EncoderFit fit = fit(Standardising.ROBUST, rows);
        assertEquals(List.of("stays"), fit.dropped());
        Scaling scaling = fit.encoder().scalings().get(0);
        assertEquals(2, scaling.mean());
        assertEquals((3 - 1) / 1.3489795003921634, scaling.scale(), 1e-12);
        assertEquals(-10, scaling.apply(-999999));
        assertEquals(10, scaling.apply(1e12));
    }

    @Test
    void rangeIsOfAllNumbers() {
        assertEquals(
                List.of(new Scaling(1, 3, 2), new Scaling(1, 3, 4), new Scaling(0, 1, 1)),
                fit(Standardising.RANGE, ROWS).encoder().scalings());
    }

    @Test
    void globalMeanAndDeviationAreOfAllNumbers() {
        double deviation = Math.sqrt((4 + 0 + 1 + 1) / 4.0);
        assertEquals(
                List.of(new Scaling(3, deviation, 2), new Scaling(3, deviation, 4), new Scaling(0, 1, 1)),
                fit(Standardising.GLOBAL, ROWS).encoder().scalings());
    }

    @Test
    void noneLeavesNumbersAsTheyAre() {
        assertEquals(
                List.of(new Scaling(0, 1, 2), new Scaling(0, 1, 4), new Scaling(0, 1, 1)),
                fit(Standardising.NONE, ROWS).encoder().scalings());
    }

    @Test
    void numbersThatDoNotDifferHaveNeitherRangeNorDeviation() {
        double[][] same = {{0, 4, 4, 0}, {1, 4, 4, 1}};
        assertEquals(
                "data.standardise=range needs numbers that differ and are not too large, got 4.0 to 4.0",
                assertThrows(UserError.class, () -> fit(Standardising.RANGE, same))
                        .getMessage());
        assertEquals(
                "data.standardise=global needs numbers that differ and are not too large, got a mean of 4.0 and a deviation"
                        + " of 0.0",
                assertThrows(UserError.class, () -> fit(Standardising.GLOBAL, same))
                        .getMessage());
    }

    private static EncoderFit fit(Standardising standardise, double[][] rows) {
        Moments moments = new Moments(4);
        for (double[] row : rows) {
            moments.add(row);
        }
        return EncoderFit.of(SCHEMA, moments, List.of(rows), Map.of(3, 1.0), standardise);
    }
}
