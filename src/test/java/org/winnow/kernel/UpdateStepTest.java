package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The steps in one pass against their formulas, over more numbers than go through at once. */
class UpdateStepTest {
    private static final int COUNT = 2500;
    private static final int BATCH = 3;

    @Test
    void adam() {
        float[] p = normal(1);
        float[] g = normal(2);
        float[] m = normal(3);
        float[] v = squares(normal(4));
        FloatBuffer[] stepped = adamSteps(Kernel.current(), p, g, m, v);
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
        assertArrayEquals(adamSteps(Kernel.named("scalar"), numbers), adamSteps(Kernel.named("auto"), numbers));
    }

    /** Parameters, gradient and state after a step. */
    private static FloatBuffer[] adamSteps(Kernel kernel, float[]... numbers) {
        ByteBuffer[] all = Arrays.stream(numbers).map(UpdateStepTest::bytes).toArray(ByteBuffer[]::new);
        kernel.adam(AdamStep.of(0.9, 0.999, 1e-8, 0.01, 4), all[0], all[1], all[2], all[3], 1f / BATCH);
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
