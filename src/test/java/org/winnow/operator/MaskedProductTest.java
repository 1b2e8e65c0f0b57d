package org.winnow.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

class MaskedProductTest {
    private static final Linear OP = new Linear(70, 23);

    @ParameterizedTest
    @CsvSource({"0, 64", "0.01, 32", "0.1, 64", "0.1, 100", "0.11, 128", "0.1, 500"})
    void isTheProductOfAllWeightsTimesTheMask(double kept, int rows) {
        same(mask(kept), normal(2, rows, OP.in()), normal(3, rows, OP.out()));
    }

    @Test
    void timeStepsAreRowsToo() {
        same(mask(0.1), normal(2, 5, 9, OP.in()), normal(3, 5, 9, OP.out()));
    }

    @Test
    void arraysMayLieInAnyOrder() {
        same(
                mask(0.1).dup('f'),
                normal(2, OP.in(), 64).transpose(),
                normal(3, OP.out(), 64).transpose());
    }

    /** A step of another size, whose arrays are those of the step before, has nothing of it. */
    @Test
    @SuppressWarnings("try") // The arena is open as long as it is.
    void arraysOfAnArenaAreUsedAgain() {
        Arena arena = new Arena();
        for (int rows : new int[] {100, 100, 70, 100}) {
            for (double kept : new double[] {0.1, 0.05}) {
                try (Arena.Open step = arena.open()) {
                    same(mask(kept), normal(2, rows, OP.in()), normal(3, rows, OP.out()));
                }
            }
        }
    }

    private static void same(INDArray mask, INDArray x, INDArray dy) {
        INDArray weight = normal(4, OP.out(), OP.in());
        INDArray masked = weight.mul(mask);
        MaskedProduct product = MaskedProduct.of(OP, mask, weight, x).orElseThrow();
        MaskedProduct.Backward backward = product.backward(dy);
        INDArray dw = normal(5, OP.out(), OP.in());
        backward.weightGradient(dw);
        INDArray expected = Nd4j.create(DataType.FLOAT, OP.weightShape());
        OP.weightGradient(x, dy, expected);
        close(OP.apply(x, masked), product.output());
        close(OP.inputGradient(x, masked, dy), backward.inputGradient());
        close(expected.mul(mask), dw);
    }

    private static void close(INDArray expected, INDArray got) {
        assertArrayEquals(expected.shape(), got.shape());
        assertArrayEquals(Elements.read(expected), Elements.read(got), 1e-4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.4, 0.6, 1})
    void denseMasksHaveFasterWays(double kept) {
        assertEquals(Optional.empty(), of(mask(kept), normal(2, 64, OP.in())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 513})
    void soHaveFewAndManyRows(int rows) {
        assertEquals(Optional.empty(), of(mask(0.05), normal(2, rows, OP.in())));
        assertTrue(of(mask(0.05), normal(2, 64, OP.in())).isPresent());
    }

    @Test
    void doublesAndOtherOperatorsTakeAllWeights() {
        INDArray x = normal(2, 64, OP.in());
        assertEquals(Optional.empty(), of(mask(0.05).castTo(DataType.DOUBLE), x.castTo(DataType.DOUBLE)));
        TransposedLinear other = new TransposedLinear(OP.in(), OP.out());
        INDArray mask = mask(0.05).transpose().dup('c');
        assertEquals(Optional.empty(), MaskedProduct.of(other, mask, mask, x));
    }

    private static Optional<MaskedProduct> of(INDArray mask, INDArray x) {
        return MaskedProduct.of(OP, mask, mask, x);
    }

    /** Of any numbers, with a row of none. */
    private static INDArray mask(double kept) {
        double[] uniform = new double[OP.in() * OP.out()];
        Noise.of(7).uniform(uniform, 0);
        double[] mask =
                Arrays.stream(uniform).map(u -> u < kept ? u - kept / 3 : 0).toArray();
        Arrays.fill(mask, 3 * OP.in(), 4 * OP.in(), 0);
        return Elements.write(mask, DataType.FLOAT, OP.weightShape());
    }

    private static INDArray normal(int key, long... shape) {
        double[] drawn = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Noise.of(key).normal(drawn, 0);
        return Elements.write(drawn, DataType.FLOAT, shape);
    }
}
