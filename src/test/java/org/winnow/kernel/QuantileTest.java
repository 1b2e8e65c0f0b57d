package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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

    @ParameterizedTest
    @ValueSource(ints = {1000, 100_000})
    void equalAndFarNumbersAreNoTrouble(int count) {
        double[] ones = new double[count];
        double[] zeros = new double[count];
        double[] byOrders = new double[count];
        double[] infinite = new double[count];
        for (int i = 0; i < count; i++) {
            ones[i] = i % 2;
            zeros[i] = i % 3 == 0 ? i : 0;
            byOrders[i] = (float) Math.pow(10, i * 60.0 / count - 30) * (i % 2 == 0 ? -1 : 1);
            infinite[i] = i % 4 == 0 ? Double.POSITIVE_INFINITY : -i;
        }
        infinite[1] = Double.NEGATIVE_INFINITY;
        assertAllQuantiles(ones);
        assertAllQuantiles(zeros);
        assertAllQuantiles(byOrders);
        Arrays.sort(infinite);
        int third = count / 3;
        assertEquals(infinite[third], Quantile.of(floats(infinite), third / (count - 1.0)));
    }

    @Test
    void moduliAreNumbersWithoutTheirSigns() {
        double[] drawn = new double[50_000];
        Noise.of(2).normal(drawn, 0);
        double[] moduli = Arrays.stream(drawn).map(Math::abs).toArray();
        for (double fraction : FRACTIONS) {
            assertEquals(Quantile.of(floats(moduli), fraction), Quantile.ofModuli(floats(drawn), fraction));
            assertEquals(
                    Quantile.of(Nd4j.createFromArray(moduli), fraction),
                    Quantile.ofModuli(Nd4j.createFromArray(drawn), fraction));
        }
    }

    /** They count as larger than all others. */
    @Test
    void whatIsNotANumberIsNoQuantileOfOthers() {
        double[] numbers = new double[10_000];
        Arrays.setAll(numbers, i -> i % 10 == 0 ? Double.NaN : i);
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        assertEquals(sorted[5000], Quantile.of(floats(numbers), 5000.0 / 9999));
        assertEquals(Double.NaN, Quantile.of(floats(numbers), 0.95));
    }

    private static INDArray floats(double[] numbers) {
        return Elements.write(numbers, DataType.FLOAT, numbers.length);
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
