package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FloatStripTest {
    @Test
    void halvesAreAddedToHalvesWhateverTheCount() {
        float[] numbers = new float[Scratch.SIZE];
        Noise.of(1).uniform(numbers, 0);
        Strip strip = new FloatStrip(Scratch.SIZE);
        for (int count = 0; count <= numbers.length; count++) {
            strip.resized(count).read(FloatBuffer.wrap(numbers), 0, count);
            assertEquals(pairwise(Arrays.copyOf(numbers, count)), strip.sum(count), count + " numbers");
        }
    }

    private static double pairwise(float[] numbers) {
        if (numbers.length == 0) {
            return 0;
        }
        int half = Integer.highestOneBit(numbers.length);
        if (half == numbers.length) {
            half /= 2;
        }
        if (half == 0) {
            return numbers[0];
        }
        float[] sums = Arrays.copyOf(numbers, half);
        for (int i = half; i < numbers.length; i++) {
            sums[i - half] += numbers[i];
        }
        return pairwise(sums);
    }
}
