package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class SoftmaxCrossEntropyTest {
    private static final int EXAMPLES = 4;
    private static final int CLASSES = 3;

    @Test
    void lossAndGradientAreThoseOfDl4j() {
        double[] drawn = new double[EXAMPLES * CLASSES];
        Noise.of(1).normal(drawn, 0);
        INDArray z = Elements.write(drawn, DataType.DOUBLE, EXAMPLES, CLASSES);
        INDArray targets = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, CLASSES);
        for (int example = 0; example < EXAMPLES; example++) {
            targets.putScalar(example, example % CLASSES, 1);
        }
        SoftmaxCrossEntropy got = SoftmaxCrossEntropy.of(z, targets);
        LossMCXENT stock = new LossMCXENT();
        double want = stock.computeScore(targets, z.dup(), new ActivationSoftmax(), null, false);
        INDArray gradient = stock.computeGradient(targets, z.dup(), new ActivationSoftmax(), null);
        assertEquals(want, got.loss(), 1e-9);
        assertEquals(0, gradient.sub(got.gradient()).amaxNumber().doubleValue(), 1e-9);
    }

    @Test
    void hugeNumbersDoNotOverflow() {
        INDArray z = Nd4j.create(new double[][] {{1e30, 0, -1e30}}).castTo(DataType.FLOAT);
        INDArray targets = Nd4j.create(new double[][] {{1, 0, 0}}).castTo(DataType.FLOAT);
        SoftmaxCrossEntropy got = SoftmaxCrossEntropy.of(z, targets);
        assertEquals(0, got.loss());
        assertTrue(got.gradient().toFloatVector()[2] == 0);
    }

    @Test
    void targetsMustFit() {
        INDArray z = Nd4j.zeros(2, 3);
        assertThrows(IllegalArgumentException.class, () -> SoftmaxCrossEntropy.of(z, Nd4j.zeros(3, 2)));
    }
}
