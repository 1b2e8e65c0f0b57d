package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HalvesTest {
    private static final INDArray FIRST =
            Nd4j.arange(2 * 3 * 4).castTo(DataType.FLOAT).reshape(2, 3, 4);
    private static final INDArray SECOND = FIRST.mul(-3).addi(1);

    @Test
    void joinsRows() {
        INDArray want = Nd4j.concat(1, FIRST, SECOND);
        same(want, Halves.join(FIRST, SECOND, 2, 2, 6, 4));
        same(want, Halves.join(FIRST.dup('f'), SECOND.dup('f'), 2, 2, 6, 4));
        same(Nd4j.concat(2, FIRST, SECOND), Halves.join(FIRST, SECOND, 6, 2, 3, 8));
    }

    @Test
    void sumsRows() {
        INDArray want = FIRST.add(SECOND);
        same(want, Halves.sum(Nd4j.concat(1, FIRST, SECOND), 2, 2, 3, 4));
        same(want, Halves.sum(Nd4j.concat(2, FIRST, SECOND).dup('f'), 6, 2, 3, 4));
    }

    @Test
    void refusesHalvesOfUnequalLength() {
        assertThrows(IllegalArgumentException.class, () -> Halves.join(FIRST, Nd4j.ones(2, 3), 2, 2, 15));
    }

    private static void same(INDArray want, INDArray got) {
        assertArrayEquals(want.shape(), got.shape());
        assertArrayEquals(Elements.read(want), Elements.read(got));
    }
}
