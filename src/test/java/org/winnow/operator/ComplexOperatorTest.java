package org.winnow.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

/** Products that floats leave out, where an input is real, against those of doubles, which are all taken. */
class ComplexOperatorTest {
    private record Case(Operator base, long... shape) {}

    static List<Case> cases() {
        return List.of(
                new Case(new Linear(5, 3), 4, 10),
                new Case(new Convolution(2, 3, 3, 2), 2, 4, 5, 6),
                new Case(new Bilinear(2, 3, 4), 5, 10));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void realInputsHaveTheSameProducts(Case of) {
        ComplexOperator op = new ComplexOperator(of.base);
        for (int input = 0; input < op.input().sizes().size(); input++) {
            INDArray x = normal(1, of.shape);
            op.input().part(x, input, 1).assign(0);
            INDArray w = normal(2, op.weightShape());
            INDArray y = op.apply(x, w);
            close(y, op.apply(floats(x), floats(w)));

            INDArray dy = normal(3, y.shape());
            close(op.inputGradient(x, w, dy), op.inputGradient(floats(x), floats(w), floats(dy)));
            INDArray dw = Nd4j.ones(DataType.DOUBLE, w.shape());
            INDArray dwOfFloats = floats(dw);
            op.addWeightGradient(x, dy, dw);
            op.addWeightGradient(floats(x), floats(dy), dwOfFloats);
            close(dw, dwOfFloats);
        }
    }

    private static INDArray floats(INDArray doubles) {
        return doubles.castTo(DataType.FLOAT);
    }

    private static INDArray normal(int stream, long... shape) {
        int length = 1;
        for (long size : shape) {
            length *= (int) size;
        }
        double[] values = new double[length];
        Noise.of(7).child(stream).normal(values, 0);
        return Elements.write(values, DataType.DOUBLE, shape);
    }

    private static void close(INDArray want, INDArray got) {
        assertArrayEquals(want.shape(), got.shape());
        assertArrayEquals(Elements.read(want), Elements.read(got), 1e-4);
    }
}
