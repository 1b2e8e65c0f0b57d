package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PlanesTest {
    private static final INDArray IMAGES =
            Nd4j.arange(3 * 2 * 5 * 7).castTo(DataType.FLOAT).reshape(3, 2, 5, 7);

    @Test
    void addsANumberToEachChannel() {
        INDArray added = IMAGES.dup('c');
        Planes.add(added, Nd4j.createFromArray(0.5f, -2f));
        INDArray want = IMAGES.add(Nd4j.createFromArray(0.5f, -2f).reshape(1, 2, 1, 1));
        assertArrayEquals(Elements.read(want), Elements.read(added));
    }

    @Test
    void sumsEachChannelWhateverTheOrder() {
        double[] want = Elements.read(IMAGES.sum(0, 2, 3));
        assertArrayEquals(want, Elements.read(Planes.sums(IMAGES)), 1e-3);
        assertArrayEquals(want, Elements.read(Planes.sums(IMAGES.dup('f'))), 1e-3);
    }
}
