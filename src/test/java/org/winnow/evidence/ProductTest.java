package org.winnow.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.winnow.kernel.Noise;

class ProductTest {
    @Test
    void productsAreThoseOfTheDefinitionForAnyShape() {
        for (int[] shape : new int[][] {{1, 1, 1}, {3, 5, 7}, {4, 8, 300}, {5, 0, 3}, {2, 9, 256}}) {
            int rows = shape[0];
            int inner = shape[1];
            int columns = shape[2];
            double[] a = numbers(1, rows * inner);
            double[] b = numbers(2, inner * columns);
            double[] before = numbers(3, rows * columns);
            double[] expected = before.clone();
            double[] transposed = new double[a.length];
            for (int i = 0; i < rows; i++) {
                for (int k = 0; k < inner; k++) {
                    transposed[k * rows + i] = a[i * inner + k];
                    for (int j = 0; j < columns; j++) {
                        expected[i * columns + j] += a[i * inner + k] * b[k * columns + j];
                    }
                }
            }
            double[] plain = before.clone();
            Product.add(a, b, plain, rows, inner, columns);
            assertArrayEquals(expected, plain, 1e-12);
            double[] turned = before.clone();
            Product.addTransposed(transposed, b, turned, rows, inner, columns);
            assertArrayEquals(plain, turned);
        }
    }

    private static double[] numbers(long seed, int count) {
        double[] numbers = new double[count];
        Noise.of(seed).normal(numbers, 0);
        return numbers;
    }
}
