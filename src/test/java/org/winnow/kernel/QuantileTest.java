package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class QuantileTest {
    private static final double[] FRACTIONS = {0, 1e-3, 0.1, 0.25, 0.5, 0.9, 0.999, 1};

    @ParameterizedTest
    @ValueSource(ints = {1000, 1030, 20_000, 235_200})
    void selectingIsAsGoodAsSorting(int count) {
        double[] drawn = new double[count];
        Noise.of(1).normal(drawn, 0);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) (i % 7 == 0 ? drawn[0] : drawn[i]);
        }
        assertAllQuantiles(drawn);
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, 100_000})
    void noOrderOfNumbersLeadsItAstray(int count) {
        double[] equal = new double[count];
        double[] rising = new double[count];
        double[] unlikeOthersWhereItLooksFirst = new double[count];
        for (int i = 0; i < count; i++) {
            rising[i] = i;
            unlikeOthersWhereItLooksFirst[i] = -i;
        }
        for (long i = 0; i < 512; i++) {
            unlikeOthersWhereItLooksFirst[(int) (i * count / 512)] = i;
        }
        assertAllQuantiles(equal);
        assertAllQuantiles(rising);
        assertAllQuantiles(unlikeOthersWhereItLooksFirst);
    }

    @Test
    void oneNumberIsItsOwnQuantile() {
        assertEquals(-2, Quantile.of(Nd4j.createFromArray(-2f), 0.3));
    }

    /** Of numbers that are floats. */
    private static void assertAllQuantiles(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        for (double fraction : FRACTIONS) {
            double place = fraction * (sorted.length - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.length - 1);
            double want = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
            for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
                assertEquals(want, Quantile.of(Elements.write(numbers, type, 10, numbers.length / 10), fraction));
            }
        }
    }
}
