package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class QuantileTest {
    @Test
    void countingIsAsGoodAsSorting() {
        double[] drawn = new double[1000];
        Noise.of(1).normal(drawn, 0);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) (i % 7 == 0 ? drawn[0] : drawn[i]);
        }
        double[] sorted = drawn.clone();
        Arrays.sort(sorted);
        for (double fraction : new double[] {0, 1e-3, 0.1, 0.25, 0.5, 0.9, 0.999, 1}) {
            double place = fraction * (sorted.length - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.length - 1);
            double want = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
            for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
                assertEquals(want, Quantile.of(Elements.write(drawn, type, 10, 100), fraction));
            }
        }
    }

    @Test
    void oneNumberIsItsOwnQuantile() {
        assertEquals(-2, Quantile.of(Nd4j.createFromArray(-2f), 0.3));
    }
}
