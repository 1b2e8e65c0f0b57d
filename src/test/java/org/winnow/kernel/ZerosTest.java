package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ZerosTest {
    private final INDArray halves = Nd4j.zeros(DataType.FLOAT, 4, 6);

    @Test
    void knowsThemInAPart() {
        first().assign(1);
        assertFalse(Zeros.all(first()));
        assertTrue(Zeros.all(second()));
        assertFalse(Zeros.all(halves));
    }

    @Test
    void seesTheLastNumber() {
        halves.putScalar(3, 5, Float.MIN_VALUE);
        assertFalse(Zeros.all(second()));
        halves.putScalar(3, 5, Float.NaN);
        assertFalse(Zeros.all(second()));
        assertTrue(Zeros.all(first()));
    }

    @Test
    void saysNothingOfOtherArrays() {
        assertFalse(Zeros.all(Nd4j.zeros(DataType.DOUBLE, 4, 6)));
        assertFalse(Zeros.all(Nd4j.zeros(DataType.FLOAT, 6)));
        assertFalse(Zeros.all(Nd4j.zeros(DataType.FLOAT, 2, 3, 4).permute(0, 2, 1)));
    }

    private INDArray first() {
        return Views.interval(halves, 1, 0, 3);
    }

    private INDArray second() {
        return Views.interval(halves, 1, 3, 3);
    }
}
