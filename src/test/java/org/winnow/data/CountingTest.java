package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CountingTest {
    @Test
    void tellsWhatCountsFromWhatOnlyGoesUp() {
        Counting counting = of(3, new double[][] {{5, 10, 1, 3.5}, {6, 12, 2, 4.5}, {7, 13, 2, 5.5}});
        assertEquals(2, counting.steps());
        assertTrue(counting.byOne(0) && counting.up(0));
        assertTrue(!counting.byOne(1) && counting.up(1));
        assertFalse(counting.up(2));
        assertFalse(counting.byOne(3) || counting.up(3), "halves");
        assertFalse(counting.up(9), "there is no such slot");
    }

    @Test
    void eachPartMayBeginAnew() {
        Counting counting = of(0, new double[][] {{1}, {2}});
        counting.merge(of(1, new double[][] {{1}, {2}, {3}}));
        assertTrue(counting.byOne(0));
        counting.merge(of(2, new double[][] {{7}, {7}}));
        assertFalse(counting.up(0));
    }

    @Test
    void rowsOfDifferentLengthsCountNothingWhereOneEnds() {
        Counting counting = of(0, new double[][] {{1, 1}, {2}});
        counting.merge(of(1, new double[][] {{1, 1, 1}, {2, 2, 2}}));
        assertTrue(counting.byOne(0));
        assertFalse(counting.up(1) || counting.up(2));
    }

    private static Counting of(int part, double[][] rows) {
        Counting counting = new Counting();
        for (double[] row : rows) {
            counting.add(part, row);
        }
        return counting;
    }
}
