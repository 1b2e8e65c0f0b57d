package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Moments in parts are those of the whole. */
class MomentsTest {
    @Property(tries = 200)
    void mergeIsAdditionInOrder(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -1e6, max = 1e6) Double> some,
            @ForAll @Size(max = 30) List<@DoubleRange(min = -1e6, max = 1e6) Double> more) {
        Moments merged = of(some).merge(of(more));
        Moments whole = of(some);
        more.forEach(value -> whole.add(new double[] {value}));
        assertEquals(whole.mean(0), merged.mean(0), 1e-8);
        assertEquals(whole.deviation(0), merged.deviation(0), 1e-6);
        assertEquals(whole.isConstant(0), merged.isConstant(0));
    }

    @Test
    void missingValuesCountForNothing() {
        Moments moments = new Moments(2);
        moments.add(new double[] {1, Double.NaN});
        moments.add(new double[] {3, Double.NaN});
        moments.add(new double[] {Double.NaN, Double.NaN});
        assertEquals(2, moments.mean(0));
        assertEquals(1, moments.deviation(0));
        assertFalse(moments.isConstant(0));
        assertTrue(moments.isConstant(1));
    }

    @Test
    void aConstantIsOneExactly() {
        assertTrue(of(List.of(0.1, 0.1, 0.1)).merge(of(List.of(0.1))).isConstant(0));
    }

    @Test
    void squaresThatNoDoubleHoldsDoNoHarm() {
        for (double unit : new double[] {1e-320, 1e-200, 1e-100, 1e160, 1e300}) {
            Moments moments = of(List.of(unit, 2 * unit)).merge(of(List.of(3 * unit, 4 * unit)));
            assertFalse(moments.isConstant(0));
            assertEquals(2.5 * unit, moments.mean(0), unit * 1e-3);
            assertEquals(Math.sqrt(1.25) * unit, moments.deviation(0), unit * 1e-3);
        }
        Moments mixed = of(List.of(1e-200, 0.0, 3.0)).merge(of(List.of(1e-310)));
        assertEquals(0.75, mixed.mean(0), 1e-12);
        assertEquals(Math.sqrt(27.0 / 16), mixed.deviation(0), 1e-12);
    }

    private static Moments of(List<Double> values) {
        Moments moments = new Moments(1);
        values.forEach(value -> moments.add(new double[] {value}));
        return moments;
    }
}
