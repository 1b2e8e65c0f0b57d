package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.winnow.data.Block;
import org.winnow.kernel.Noise;

class NoisyExamplesTest {
    private static final int ROWS = 60;
    private static final int COLUMNS = 90;
    private static final int[] CHOSEN = {7, 3, 59, 0, 21, 8, 9, 33, 34, 35, 36, 1, 2};
    private static final Noise KEY = Noise.of(3).child(1, 4);

    @Test
    void noiseIsAddedToInputsByItsKeyAndIndex() {
        Examples plain = examples(new float[0]);
        float[] expected = features(plain);
        for (int i = 0; i < expected.length; i++) {
            expected[i] += (float) (0.25 * KEY.child(0).normal(i));
        }
        Examples noisy = NoisyExamples.of(plain, 0.25, KEY);
        assertArrayEquals(expected, features(noisy), 1e-6f);
        assertArrayEquals(features(noisy), features(noisy));
    }

    @Test
    void noiseHasItsStd() {
        float[] plain = features(examples(new float[0]));
        float[] noisy = features(NoisyExamples.of(examples(new float[0]), 0.5, KEY));
        double squares = 0;
        for (int i = 0; i < plain.length; i++) {
            squares += Math.pow(noisy[i] - plain[i], 2);
        }
        assertEquals(0.5, Math.sqrt(squares / plain.length), 0.05);
    }

    @Test
    void everyInputOfANetworkHasNoiseOfItsOwn() {
        float[][] inputs = new float[2][ROWS * COLUMNS];
        long[][] shapes = {{COLUMNS}, {COLUMNS}};
        ArrayExamples zeros =
                new ArrayExamples(ROWS, inputs, new float[][] {new float[ROWS]}, shapes, new long[][] {{1}});
        MultiDataSet noisy = NoisyExamples.of(zeros, 1, KEY).gather(CHOSEN);
        INDArray product = noisy.getFeatures(0).mul(noisy.getFeatures(1));
        assertEquals(0, product.meanNumber().doubleValue(), 0.1);
    }

    @Test
    void targetsWeightsAndRowsAreThoseOfTheExamples() {
        float[] weights = new float[ROWS];
        weights[59] = 3;
        Examples plain = examples(weights);
        Examples noisy = NoisyExamples.of(plain, 1, KEY);
        assertEquals(ROWS, noisy.rows());
        assertEquals(plain.gather(CHOSEN).getLabels(0), noisy.gather(CHOSEN).getLabels(0));
        assertEquals(plain.weights(CHOSEN), noisy.weights(CHOSEN));
    }

    @Test
    void withoutNoiseTheyAreTheExamplesThemselves() {
        Examples plain = examples(new float[0]);
        assertSame(plain, NoisyExamples.of(plain, 0, KEY));
    }

    private static float[] features(Examples examples) {
        return examples.gather(CHOSEN).getFeatures(0).dup('c').data().asFloat();
    }

    private static Examples examples(float[] weights) {
        Block rows = Rows.block(ROWS, 1);
        float[] inputs = new float[ROWS * COLUMNS];
        Noise.of(1).uniform(inputs, 0);
        return new BlockExamples(new Block(ROWS, COLUMNS, inputs, rows.targets(), weights), Head.classes(2));
    }
}
