package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps in one pass against their formulas, over more numbers than go through at once. */
class UpdateStepTest {
    private static final int COUNT = 2500;
    private static final int BATCH = 3;
    private static final AdamStep STEP = AdamStep.of(0.9, 0.999, 1e-8, 0.01, 4);

    @Test
    void adam() {
        float[] p = normal(1);
        float[] g = normal(2);
        float[] m = normal(3);
        float[] v = squares(normal(4));
        FloatBuffer[] stepped = adamSteps(Kernel.current(), STEP, p, g, m, v);
        double rate = 0.01 * Math.sqrt(1 - Math.pow(0.999, 5)) / (1 - Math.pow(0.9, 5));
        for (int i = 0; i < COUNT; i++) {
            double gradient = (double) g[i] / BATCH;
            double mean = 0.9 * m[i] + 0.1 * gradient;
            double square = 0.999 * v[i] + 0.001 * gradient * gradient;
            assertEquals(p[i] - rate * mean / (Math.sqrt(square) + 1e-8), stepped[0].get(i), 1e-4);
            assertEquals(mean, stepped[2].get(i), 1e-5);
            assertEquals(square, stepped[3].get(i), 1e-5);
        }
    }

    @Test
    void adamHasTheSameBitsOnBothKernels() {
        float[][] numbers = {normal(1), normal(2), normal(3), squares(normal(4))};
        assertArrayEquals(
                adamSteps(Kernel.named("scalar"), STEP, numbers), adamSteps(Kernel.named("auto"), STEP, numbers));
    }

    /** What has had a gradient and has none any more, one that is too small to be squared, and one that never came. */
    @ParameterizedTest
    @ValueSource(strings = {"scalar", "auto"})
    void stateOfAdamThatFadesStaysNormal(String kernel) {
        float[] gradients = new float[COUNT];
        Arrays.fill(gradients, 0, COUNT / 2, 1e-21f);
        ByteBuffer p = bytes(normal(1));
        ByteBuffer g = bytes(gradients);
        ByteBuffer m = bytes(normal(2));
        ByteBuffer v = bytes(new float[COUNT]);
        for (int iteration = 0; iteration < 2000; iteration++) {
            Kernel.named(kernel).adam(AdamStep.of(0.9, 0.999, 1e-8, 1e-3, iteration), p, g, m, v, 1f / BATCH);
        }
        assertNoneSubnormal(m.asFloatBuffer());
        assertNoneSubnormal(v.asFloatBuffer());
    }

    /** Neither rounding of state nor the least square of a gradient reaches parameters. */
    @Test
    void parametersOfAdamAreThoseOfTheFormula() {
        float[] p = normal(1);
        float[] m = normal(2);
        float[] g = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            g[i] = m[i] * (float) Math.pow(10, -i * 40.0 / COUNT);
            m[i] = g[i];
        }
        AdamStep step = AdamStep.of(0.9, 0.999, 1e-8, 1e-3, 0);
        FloatBuffer[] stepped = adamSteps(Kernel.current(), step, p, g, m, new float[COUNT]);
        for (int i = 0; i < COUNT; i++) {
            float gradient = g[i] * (1f / BATCH);
            float mean = 0.9f * m[i] + (1 - 0.9f) * gradient;
            float square = (1 - 0.999f) * gradient * gradient;
            assertEquals(
                    p[i] - step.rate() * mean / ((float) Math.sqrt(square) + 1e-8f), stepped[0].get(i), "number " + i);
        }
    }

    private static void assertNoneSubnormal(FloatBuffer numbers) {
        for (int i = 0; i < numbers.limit(); i++) {
            float size = Math.abs(numbers.get(i));
            assertTrue(size == 0 || size >= Float.MIN_NORMAL, "number " + i + " is " + size);
        }
    }

    /** Parameters, gradient and state after a step. */
    private static FloatBuffer[] adamSteps(Kernel kernel, AdamStep step, float[]... numbers) {
        ByteBuffer[] all = Arrays.stream(numbers).map(UpdateStepTest::bytes).toArray(ByteBuffer[]::new);
        kernel.adam(step, all[0], all[1], all[2], all[3], 1f / BATCH);
        return Arrays.stream(all)
                .map(bytes -> bytes.order(ByteOrder.nativeOrder()).asFloatBuffer())
                .toArray(FloatBuffer[]::new);
    }

    private static ByteBuffer bytes(float[] numbers) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(numbers.length * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(numbers);
        return bytes;
    }

    @Test
    void momentum() {
        float[] p = normal(1);
        float[] g = normal(2);
        float[] v = normal(3);
        FloatBuffer[] stepped = {buffer(p), buffer(g), buffer(v)};
        new MomentumStep(0.1f, 0.9f).take(stepped[0], stepped[1], stepped[2], BATCH);
        for (int i = 0; i < COUNT; i++) {
            double after = 0.9 * v[i] - 0.1 * g[i] / BATCH;
            assertEquals(p[i] + 1.9 * after - 0.9 * v[i], stepped[0].get(i), 1e-5);
            assertEquals(after, stepped[2].get(i), 1e-5);
        }
    }

    @Test
    void stateOfMomentumThatFadesStaysNormal() {
        FloatBuffer v = buffer(normal(2));
        for (int i = 0; i < 2000; i++) {
            new MomentumStep(0.1f, 0.9f).take(buffer(normal(1)), FloatBuffer.allocate(COUNT), v, BATCH);
        }
        assertNoneSubnormal(v);
    }

    @Test
    void withoutMomentumThereIsNoState() {
        float[] p = normal(1);
        float[] g = normal(2);
        FloatBuffer stepped = buffer(p);
        new MomentumStep(0.1f, 0).take(stepped, buffer(g), FloatBuffer.allocate(0), BATCH);
        for (int i = 0; i < COUNT; i++) {
            assertEquals(p[i] - 0.1 * g[i] / BATCH, stepped.get(i), 1e-6);
        }
    }

    private static float[] normal(int key) {
        float[] drawn = new float[COUNT];
        Noise.of(key).normal(drawn, 0);
        return drawn;
    }

    private static float[] squares(float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= numbers[i];
        }
        return numbers;
    }

    private static FloatBuffer buffer(float[] numbers) {
        return FloatBuffer.wrap(numbers.clone());
    }
}
