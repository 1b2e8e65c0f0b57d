package org.winnow.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

class MaxPoolingTest {
    @ParameterizedTest
    @CsvSource({"2,2,8,8", "2,2,7,9", "3,2,9,8", "3,1,5,4", "2,3,8,9", "1,2,5,5", "4,4,4,4"})
    void isItsDefinition(int kernel, int stride, int height, int width) {
        MaxPooling pooling = new MaxPooling(kernel, stride);
        INDArray x = normal(1, 2, 3, height, width);
        long[] shape = pooling.outputShape(x.shape());
        INDArray dy = normal(2, shape);
        INDArray y = Nd4j.zeros(DataType.FLOAT, shape);
        INDArray dx = Nd4j.zeros(DataType.FLOAT, x.shape());
        for (long plane = 0; plane < 6; plane++) {
            for (long i = 0; i < shape[2]; i++) {
                for (long j = 0; j < shape[3]; j++) {
                    long[] largest = largest(x, plane, i * stride, j * stride, kernel);
                    long[] at = {plane / 3, plane % 3, i, j};
                    y.putScalar(at, x.getDouble(largest));
                    dx.putScalar(largest, dx.getDouble(largest) + dy.getDouble(at));
                }
            }
        }
        close(y, pooling.apply(x));
        close(y, pooling.apply(x.dup('f')));
        close(dx, pooling.gradient(x, dy));
        INDArray behindOthers = Nd4j.concat(0, normal(3, x.shape()), x);
        close(y, pooling.apply(behindOthers.get(NDArrayIndex.interval(2, 4))));
        close(dx, pooling.gradient(x.dup('f'), dy.dup('f')));
    }

    @Test
    void theFirstOfEqualNumbersLearns() {
        INDArray x = Nd4j.createFromArray(new float[][][][] {{{{-0f, 0}, {-1, 0}}}});
        assertEquals(0, new MaxPooling().apply(x).getFloat(0));
        INDArray dx = new MaxPooling().gradient(x, Nd4j.ones(DataType.FLOAT, 1, 1, 1, 1));
        assertArrayEquals(new double[] {1, 0, 0, 0}, Elements.read(dx));
    }

    @Test
    void refusesImagesThatAreTooSmall() {
        assertThrows(IllegalArgumentException.class, () -> new MaxPooling(3, 1).outputShape(1, 1, 2, 5));
    }

    @Test
    void refusesDoubles() {
        INDArray doubles = Nd4j.ones(DataType.DOUBLE, 1, 1, 2, 2);
        assertThrows(IllegalArgumentException.class, () -> new MaxPooling().apply(doubles));
    }

    private static long[] largest(INDArray x, long plane, long top, long left, int kernel) {
        long[] largest = {plane / 3, plane % 3, top, left};
        for (long i = top; i < top + kernel; i++) {
            for (long j = left; j < left + kernel; j++) {
                long[] at = {plane / 3, plane % 3, i, j};
                largest = x.getDouble(at) > x.getDouble(largest) ? at : largest;
            }
        }
        return largest;
    }

    private static INDArray normal(int stream, long... shape) {
        int length = 1;
        for (long size : shape) {
            length *= (int) size;
        }
        double[] values = new double[length];
        Noise.of(7).child(stream).normal(values, 0);
        return Elements.write(values, DataType.FLOAT, shape);
    }

    private static void close(INDArray want, INDArray got) {
        assertArrayEquals(want.shape(), got.shape());
        assertArrayEquals(Elements.read(want), Elements.read(got), 1e-6);
    }
}
