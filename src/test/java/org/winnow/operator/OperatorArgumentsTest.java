package org.winnow.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class OperatorArgumentsTest {
    @Test
    void wrongArgumentsAreNamed() {
        refused("in must be at least 1, got 0", () -> new Linear(0, 2));
        refused("out must be at least 1, got -1", () -> new TransposedLinear(2, -1));
        refused("in2 must be at least 1, got 0", () -> new Bilinear(2, 0, 2));
        refused(
                "groups must be a divisor of in = 4 and out = 6, got 4",
                () -> new Convolution(4, 6, 4, List.of(new Window(3))));
        refused("windows must be 1, 2 or 3, got 0", () -> new Convolution(4, 6, 1, List.of()));
        refused("kernel must be at least 1, got 0", () -> new Convolution(4, 6, 3, 0));
        refused("stride must be at least 1, got 0", () -> new Window(3, 0, 0, 1));
        refused("padding must be at least 0, got -1", () -> new Window(3, 1, -1, 1));
        refused("dilation must be at least 1, got 0", () -> new Window(3, 1, 0, 0));
        refused(
                "conjugate must be false for an operator of one input, got true",
                () -> new ComplexOperator(new Linear(2, 2), true));
        ComplexOperator complex = new ComplexOperator(new Linear(2, 2));
        refused("base must be a real operator, got " + complex, () -> new ComplexOperator(complex));
    }

    @Test
    void wrongInputsAreNamed() {
        refused(
                "x must be [..., 3], got shape [2, 4]",
                () -> new Linear(3, 2).apply(Nd4j.ones(DataType.DOUBLE, 2, 4), Nd4j.ones(DataType.DOUBLE, 2, 3)));
        Convolution convolution = new Convolution(3, 2, 5);
        refused("x must be [batch, 3, ...], got shape [2, 4, 9]", () -> convolution.outputShape(2, 4, 9));
        refused("x must be [batch, 3, 1 axes], got shape [2, 3, 9, 9]", () -> convolution.outputShape(2, 3, 9, 9));
        refused("size of an axis must be at least 5, got 4", () -> convolution.outputShape(2, 3, 4));
        refused("x must be [..., 6], got shape [2, 3]", () -> new ComplexOperator(new Linear(3, 2)).outputShape(2, 3));
    }

    private static void refused(String message, Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
