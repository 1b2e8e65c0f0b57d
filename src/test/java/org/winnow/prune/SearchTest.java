package org.winnow.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SearchTest {
    /** Sparsity grows along the way, and so does what it costs. */
    private record Point(double sparsity, double metricDrop) implements Search.Tried {
        static Point at(double way) {
            return new Point(way, way * way);
        }
    }

    @Test
    void findsTheDensestThatIsSparseEnough() {
        Point found = new Search(new Search.Target(0.7, -1), 12).run(Point::at);
        assertTrue(found.sparsity() >= 0.7, found.toString());
        assertEquals(0.7, found.sparsity(), 1e-3);
    }

    @Test
    void findsTheSparsestThatIsGoodEnough() {
        Point found = new Search(new Search.Target(0, 0.25), 12).run(Point::at);
        assertTrue(found.metricDrop() <= 0.25, found.toString());
        assertEquals(0.5, found.sparsity(), 1e-3);
    }

    @Test
    void givesTheNearestWhereNothingIsEnough() {
        Search.Target target = new Search.Target(0.9, -1);
        Point found = new Search(target, 3).run(way -> Point.at(way / 2));
        assertEquals(7.0 / 16, found.sparsity(), 1e-12);
        assertTrue(!target.isMetBy(found));
        assertEquals(
                0.25, new Search(new Search.Target(0, 0.0), 2).run(Point::at).sparsity(), 1e-12);
    }
}
