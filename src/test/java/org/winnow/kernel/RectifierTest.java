package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RectifierTest {
    @Test
    void negativeNumbersBecomeZeroAndHaveNoGradient() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray z = Nd4j.create(new double[] {-2, -0.0, 0, 1e-30, 3}).castTo(type);
            INDArray y = Rectifier.apply(z);
            assertArrayEquals(new double[] {0, 0, 0, 1e-30, 3}, y.toDoubleVector(), 1e-36);
            INDArray dy = Nd4j.create(new double[] {1, 2, 3, 4, -5}).castTo(type);
            assertArrayEquals(
                    new double[] {0, 0, 0, 4, -5}, Rectifier.gradient(y, dy).toDoubleVector());
        }
    }

    @Test
    void viewsAreRectifiedWhereTheyAre() {
        INDArray all = Nd4j.create(new double[][] {{-1, 2, -3}, {4, -5, 6}});
        Rectifier.apply(Views.interval(all, 1, 1, 2));
        assertArrayEquals(new double[] {-1, 2, 0, 4, 0, 6}, Elements.read(all));
    }
}
