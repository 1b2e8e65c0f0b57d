package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Both kernels give the same bits, and these are the functions that they should be. */
class KernelTest {
    private static final int COUNT = 4096;
    private static final Kernel SCALAR = Kernel.named("scalar");
    private static final Kernel VECTOR = Kernel.named("vector");
    private static final float[] EDGES = {
        0f,
        -0f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        FloatMath.LEAST_EXPONENT,
        FloatMath.LARGEST_EXPONENT
    };

    private interface Loop {
        void run(Kernel kernel, float[] a, int count);
    }

    private static Map<String, Loop> loops() {
        Map<String, Loop> loops = new LinkedHashMap<>();
        loops.put("exp", Kernel::exp);
        loops.put("log", Kernel::log);
        loops.put("sigmoid", Kernel::sigmoid);
        loops.put("softplus", Kernel::softplus);
        loops.put("softplus and its slope", (kernel, a, count) -> kernel.softplus(a, a.clone(), count));
        loops.put("slope of softplus", (kernel, a, count) -> kernel.softplus(a.clone(), a, count));
        loops.put("within", (kernel, a, count) -> kernel.within(a, -1, 30, count));
        return loops;
    }

    @Test
    void bothGiveTheSameBits() {
        loops().forEach((name, loop) -> {
            float[] scalar = mixed(name.hashCode());
            float[] vector = scalar.clone();
            loop.run(SCALAR, scalar, COUNT);
            loop.run(VECTOR, vector, COUNT);
            assertArrayEquals(scalar, vector, name);
        });
    }

    @Test
    void bothCountTheSame() {
        float[] a = mixed(3);
        for (float bound : EDGES) {
            assertEquals(SCALAR.below(a, bound, COUNT), VECTOR.below(a, bound, COUNT));
        }
        assertEquals(3, SCALAR.below(new float[] {1, Float.NaN, -0f, 0, 2, -5}, 2, 5));
    }

    @Test
    void bothDrawTheSameBits() {
        int[] scalarWords = new int[COUNT];
        int[] vectorWords = new int[COUNT];
        for (long key = -3; key < 3; key++) {
            long block = (1L << 33) - 100 + key;
            SCALAR.words(key << 40, key, block, scalarWords, COUNT);
            VECTOR.words(key << 40, key, block, vectorWords, COUNT);
            assertArrayEquals(scalarWords, vectorWords);
            float[] scalar = new float[COUNT];
            float[] vector = new float[COUNT];
            SCALAR.uniform(scalarWords, scalar, COUNT);
            VECTOR.uniform(scalarWords, vector, COUNT);
            assertArrayEquals(scalar, vector);
            SCALAR.normal(scalarWords, scalar, COUNT);
            VECTOR.normal(scalarWords, vector, COUNT);
            assertArrayEquals(scalar, vector);
        }
    }

    @Test
    void extremeWordsAreInsideTheInterval() {
        for (int word : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            float u = FloatMath.uniform(word);
            assertTrue(u > 0 && u < 1);
            assertEquals(quantile(word), FloatMath.normal(word), 4e-4 * Math.abs(quantile(word)) + 1e-7);
        }
    }

    /** From 5.3 standard deviations, words of 2^-24 of all, inwards. */
    @Test
    void normalsAreQuantiles() {
        for (long word = 1 << 8; word < 1L << 32; word += word < 1 << 20 ? 97 : 1_234_577) {
            double exact = quantile((int) word);
            assertEquals(exact, FloatMath.normal((int) word), 2e-6 * Math.abs(exact) + 1e-7, "word " + word);
        }
    }

    private static double quantile(int word) {
        return Normal.quantile((Integer.toUnsignedLong(word) + 0.5) * 0x1p-32);
    }

    @Test
    void functionsAreAccurate() {
        near(Math::exp, Kernel::exp, -87, 88, 1e-7);
        near(Math::log, Kernel::log, 1e-5, 40, 1e-7);
        near(Logistic::sigmoid, Kernel::sigmoid, -80, 80, 2.5e-7);
        near(Logistic::softplus, Kernel::softplus, -80, 80, 3e-7);
    }

    @Test
    void outOfRangeIsTheNearestOfTheRange() {
        assertEquals(FloatMath.exp(FloatMath.LEAST_EXPONENT), FloatMath.exp(-1000));
        assertEquals(FloatMath.exp(FloatMath.LARGEST_EXPONENT), FloatMath.exp(1000));
        assertEquals(Math.log(Float.MIN_NORMAL), FloatMath.log(0), 1e-5);
        assertEquals(Float.NaN, FloatMath.log(Float.NaN));
        assertEquals(Float.NaN, FloatMath.sigmoid(Float.NaN));
    }

    @Test
    void refusesOtherKernels() {
        assertThrows(IllegalArgumentException.class, () -> Kernel.named("fast"));
    }

    private static void near(DoubleUnaryOperator exact, Loop loop, double from, double to, double relative) {
        float[] x = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = (float) (from + (to - from) * i / COUNT);
        }
        float[] y = x.clone();
        loop.run(VECTOR, y, COUNT);
        for (int i = 0; i < COUNT; i++) {
            double wanted = exact.applyAsDouble(x[i]);
            assertEquals(wanted, y[i], relative * Math.abs(wanted), "of " + x[i]);
        }
    }

    private static float[] mixed(int seed) {
        Random random = new Random(seed);
        float[] a = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            a[i] = i % 40 == 0 ? EDGES[i / 40 % EDGES.length] : (float) (random.nextGaussian() * 30);
        }
        return a;
    }

    @Test
    void bothFindTheLargest() {
        int columns = 13;
        int bands = 5;
        int[] numbers =
                new Random(3).ints(columns * 12 + Kernel.MULTIPLE, -9, 9).toArray();
        long[] scalar = new long[bands * columns + Kernel.MULTIPLE];
        long[] vector = scalar.clone();
        SCALAR.largest(numbers, columns, 3, 2, bands, scalar);
        VECTOR.largest(numbers, columns, 3, 2, bands, vector);
        assertArrayEquals(Arrays.copyOf(scalar, bands * columns), Arrays.copyOf(vector, bands * columns));
        int[] equal = new int[columns + Kernel.MULTIPLE];
        VECTOR.largest(equal, 1, columns, columns, 1, vector);
        assertEquals(0, ~(int) vector[0], "the first of equal ones");
    }

    @Test
    void bothMultiplySparseMatricesToTheSameBits() {
        int rows = 11;
        int inner = 37;
        int width = 3 * Kernel.COLUMNS;
        Entries entries = entries(rows, inner);
        float[] x = drawn(5, inner * width);
        float[] y = drawn(6, rows * width);
        both(y, (kernel, into) -> kernel.addProduct(entries, x, into, 0, width, Kernel.COLUMNS));
        both(drawn(8, y.length + 5), (kernel, into) -> kernel.addProduct(entries, x, into, 5, width, width));
        both(x, (kernel, into) -> kernel.addProductOfTransposed(entries, y, into, width));
        both(new float[rows * inner], (kernel, into) -> kernel.products(entries, y, x, width, into));
    }

    private interface Into {
        void run(Kernel kernel, float[] into);
    }

    private static void both(float[] before, Into loop) {
        float[] scalar = before.clone();
        float[] vector = before.clone();
        loop.run(SCALAR, scalar);
        loop.run(VECTOR, vector);
        assertArrayEquals(scalar, vector);
        assertFalse(Arrays.equals(before, vector));
    }

    /** A row of none, a row of all, and rows of some. */
    private static Entries entries(int rows, int columns) {
        int[] starts = new int[rows + 1];
        int[] indices = new int[rows * columns];
        float[] uniform = new float[rows * columns];
        Noise.of(4).uniform(uniform, 0);
        int count = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (row == 1 || (row > 1 && uniform[row * columns + column] < 0.3)) {
                    indices[count++] = column;
                }
            }
            starts[row + 1] = count;
        }
        return new Entries(starts, indices, drawn(7, rows * columns));
    }

    private static float[] drawn(int key, int count) {
        float[] drawn = new float[count];
        Noise.of(key).normal(drawn, 0);
        return drawn;
    }
}
