package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class RowsTest {
    @Test
    void rowsAreGatheredInTheOrderChosen() {
        INDArray gathered = Rows.gather(new float[] {0, 1, 10, 11, 20, 21}, new int[] {2, 0, 2}, 2);
        assertArrayEquals(new long[] {3, 2}, gathered.shape());
        assertArrayEquals(new double[] {20, 21, 0, 1, 20, 21}, Elements.read(gathered));
    }

    @Test
    void rowsHaveAnyShape() {
        INDArray gathered = Rows.gather(new float[] {0, 1, 2, 3}, new int[] {0}, 1, 2, 2);
        assertArrayEquals(new long[] {1, 1, 2, 2}, gathered.shape());
    }

    @Test
    void rowsAddUp() {
        double[] numbers = {1, 2, 3, 4, 5, 6};
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray matrix = Elements.write(numbers, type, 3, 2);
            assertArrayEquals(new double[] {9, 12}, Elements.read(Rows.sum(matrix)));
            assertArrayEquals(new double[] {3, 7, 11}, Elements.read(Rows.sum(matrix.transpose())));
        }
    }

    @Test
    void productsOfRowsAddUp() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray matrix = Elements.write(new double[] {1, 2, 3, 4, 5, 6}, type, 3, 2);
            INDArray row = Elements.write(new double[] {10, 100}, type, 1, 2);
            assertArrayEquals(new double[] {350, 5600}, Elements.read(Rows.sumOfProducts(2, matrix, matrix, row)));
        }
    }
}
