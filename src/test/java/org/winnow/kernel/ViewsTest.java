package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ViewsTest {
    /** At every offset of a view within its buffer, and of a view of a view. */
    @Test
    void partsOfViewsAreTheirElements() {
        INDArray flat = Nd4j.arange(100).castTo(DataType.DOUBLE).reshape(100);
        for (int offset = 0; offset <= 76; offset++) {
            INDArray view = Views.interval(flat, 0, offset, 24).reshape('c', 2, 3, 4);
            for (int i = 0; i < 2; i++) {
                INDArray half = Views.point(view, 0, i);
                assertArrayEquals(new long[] {3, 4}, half.shape());
                assertEquals(offset + 12.0 * i + 11, half.getDouble(2, 3));
                INDArray columns = Views.interval(half, 1, 1, 2, 2);
                assertArrayEquals(new double[] {1, 3, 5, 7, 9, 11}, Elements.read(columns.sub(offset + 12.0 * i)));
            }
        }
    }

    @Test
    void whatIsWrittenIsWrittenToTheArray() {
        INDArray flat = Nd4j.zeros(DataType.DOUBLE, 10);
        Views.interval(Views.interval(flat, 0, 4, 6), 0, 2, 3).addi(1);
        assertArrayEquals(new double[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 0}, Elements.read(flat));
    }
}
