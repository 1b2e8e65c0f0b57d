package org.winnow.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.Features;

class ActivationTest {
    private static final double STEP = 1e-6;

    static Stream<Activation> activations() {
        return Stream.concat(
                Stream.of(new SplitRelu()),
                Arrays.stream(Features.Axis.values())
                        .flatMap(axis -> Stream.of(
                                new ModRelu(axis, 0.5),
                                new RealToComplex(axis),
                                new ComplexToReal(axis, ComplexToReal.Part.REAL),
                                new ComplexToReal(axis, ComplexToReal.Part.MODULUS))));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void gradientsAreThoseOfTheOutput(Activation activation) {
        INDArray x = normal(1, 3, 4, 6);
        INDArray direction = normal(2, x.shape());
        INDArray y = activation.apply(x);
        assertArrayEquals(activation.outputShape(x.shape()), y.shape());
        INDArray dy = normal(3, y.shape());
        INDArray change =
                activation.apply(x.add(direction.mul(STEP))).sub(activation.apply(x.sub(direction.mul(STEP))));
        double want = change.mul(dy).sumNumber().doubleValue() / (2 * STEP);
        double got = activation.gradient(x, dy).mul(direction).sumNumber().doubleValue();
        assertEquals(want, got, 1e-7);
    }

    @Test
    void modReluShortensAndKeepsTheDirection() {
        INDArray z = Nd4j.createFromArray(new double[][] {{3, 0.3, 0, /* imaginary: */ 4, 0, 0}});
        ModRelu activation = new ModRelu(Features.Axis.LAST, 0.5);
        assertArrayEquals(new double[] {2.7, 0, 0, 3.6, 0, 0}, Elements.read(activation.apply(z)), 1e-15);
        INDArray gradient = activation.gradient(z, Nd4j.onesLike(z));
        assertArrayEquals(new double[] {0, 0, 0, 0}, new double[] {
            gradient.getDouble(1), gradient.getDouble(2), gradient.getDouble(4), gradient.getDouble(5)
        });
    }

    @Test
    void theModulusOfZeroHasNoSlope() {
        ComplexToReal modulus = new ComplexToReal(Features.Axis.LAST, ComplexToReal.Part.MODULUS);
        INDArray zeros = Nd4j.zeros(DataType.DOUBLE, 2, 4);
        assertEquals(zeros, modulus.gradient(zeros, Nd4j.ones(DataType.DOUBLE, 2, 2)));
    }

    @Test
    void anOddNumberOfFeaturesIsNotComplex() {
        ModRelu activation = new ModRelu(Features.Axis.LAST, 0.5);
        INDArray odd = Nd4j.ones(DataType.DOUBLE, 2, 3);
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> activation.apply(odd));
        assertEquals("features must be an even number, real and imaginary parts, got 3", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ModRelu(Features.Axis.LAST, -1));
    }

    @Test
    void aResidualGateHasItsGradients() {
        ResidualGate residual = new ResidualGate();
        for (long[] gateShape : List.of(new long[] {3, 4}, new long[] {3, 1})) {
            INDArray x = normal(1, 3, 4);
            INDArray gate = normal(2, gateShape);
            INDArray branch = normal(3, 3, 4);
            INDArray dy = normal(4, 3, 4);
            List<INDArray> gradients = residual.gradients(gate, branch, dy);
            INDArray gateDirection = normal(5, gateShape).muli(STEP);
            INDArray branchDirection = normal(6, 3, 4).muli(STEP);
            INDArray change = residual.apply(x, gate.add(gateDirection), branch.add(branchDirection))
                    .sub(residual.apply(x, gate.sub(gateDirection), branch.sub(branchDirection)));
            double want = change.mul(dy).sumNumber().doubleValue() / 2;
            double got = gradients.get(1).mul(gateDirection).sumNumber().doubleValue()
                    + gradients.get(2).mul(branchDirection).sumNumber().doubleValue();
            assertEquals(want, got, 1e-13);
            assertEquals(dy, gradients.get(0));
        }
    }

    private static INDArray normal(long stream, long... shape) {
        double[] values = new double[(int) Nd4j.ones(shape).length()];
        Noise.of(stream).normal(values, 0);
        return Elements.write(values, DataType.DOUBLE, shape);
    }
}
