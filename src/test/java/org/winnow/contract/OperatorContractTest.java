package org.winnow.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.Features;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/** What {@link Operator} promises, for every operator on the class path. */
class OperatorContractTest {
    private static final Noise NOISE = Noise.of(3);
    private static final double TOLERANCE = 1e-9;

    static List<Operator> operators() {
        return ClassScan.operators();
    }

    @Test
    void theScanFindsThemAll() {
        assertEquals(
                ClassScan.implementations(Operator.class).stream().collect(Collectors.toSet()),
                operators().stream().map(Operator::getClass).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void isLinearInTheWeightAndSoIsItsGradient(Operator op) {
        INDArray x = x(op, 3);
        INDArray v = weight(op, 1);
        INDArray w = weight(op, 2);
        INDArray y = op.apply(x, w);
        close(op.apply(x, v.add(w.mul(2))), op.apply(x, v).add(y.mul(2)));

        INDArray dy = Sample.normal(NOISE.child(4), 1, DataType.DOUBLE, y.shape());
        INDArray into = Nd4j.ones(DataType.DOUBLE, op.weightShape()).dup('f');
        op.addWeightGradient(x, dy, into);
        assertEquals(Sample.dot(y, dy), Sample.dot(into.sub(1), w), TOLERANCE * (1 + y.length()));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void givesTheGradientOfItsInput(Operator op) {
        INDArray x = x(op, 3);
        INDArray w = weight(op, 1);
        INDArray dy = Sample.normal(NOISE.child(4), 1, DataType.DOUBLE, op.outputShape(x.shape()));
        INDArray direction = Sample.normal(NOISE.child(5), 1, DataType.DOUBLE, x.shape());
        double step = 1e-5;
        INDArray change = op.apply(x.add(direction.mul(step)), w).sub(op.apply(x.sub(direction.mul(step)), w));
        assertEquals(Sample.dot(change, dy) / (2 * step), Sample.dot(op.inputGradient(x, w, dy), direction), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void hasTheShapesItSays(Operator op) {
        INDArray x = x(op, 3);
        INDArray y = op.apply(x, weight(op, 1));
        assertArrayEquals(op.outputShape(x.shape()), y.shape());
        op.output().check(y, "y");
        int extra = op.weightShape().length - op.unitShape(Unit.WEIGHT).length;
        assertEquals(op.output().complex() ? 1 : 0, extra);
        assertArrayEquals(
                op.unitShape(Unit.WEIGHT),
                Arrays.stream(op.weightShape()).skip(extra).toArray());
        for (Unit unit : Unit.values()) {
            Nd4j.ones(DataType.DOUBLE, op.unitShape(unit)).broadcast(op.unitShape(Unit.WEIGHT));
        }
        long[] wrong = x.shape();
        wrong[op.input().axis().of(wrong.length)]++;
        assertThrows(IllegalArgumentException.class, () -> op.outputShape(wrong));
        assertThrows(IllegalArgumentException.class, () -> op.apply(Nd4j.ones(DataType.DOUBLE, wrong), weight(op, 1)));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void takesAnyLeadingAxesOnTheLastAxis(Operator op) {
        if (op.input().axis() == Features.Axis.SECOND) {
            return;
        }
        INDArray w = weight(op, 1);
        INDArray x = Sample.normal(NOISE, 1, DataType.DOUBLE, 2, 3, op.input().width());
        INDArray rows = x.reshape('c', 6, op.input().width());
        assertArrayEquals(Elements.read(op.apply(rows, w)), Elements.read(op.apply(x, w)), TOLERANCE);
        INDArray one = op.apply(rows.getRow(4), w);
        assertEquals(1, one.rank());
        close(op.apply(rows, w).getRow(4), one);
    }

    /** Factors of inputs or outputs are factors of weights. */
    @ParameterizedTest
    @MethodSource("operators")
    void knowsTheWeightsOfInputsAndOutputs(Operator op) {
        INDArray x = x(op, 3);
        INDArray w = weight(op, 1);
        INDArray ofInputs =
                Sample.normal(NOISE.child(6), 1, DataType.DOUBLE, op.input().numbers());
        INDArray gated = x.mul(op.input().spread(op.input().along(ofInputs, x.rank())));
        close(op.apply(gated, w), op.apply(x, w.mul(op.weightsOfInputs(ofInputs))));

        INDArray ofOutputs =
                Sample.normal(NOISE.child(7), 1, DataType.DOUBLE, op.output().numbers());
        INDArray y = op.apply(x, w);
        close(
                y.mul(op.output().spread(op.output().along(ofOutputs, y.rank()))),
                op.apply(x, w.mul(op.weightsOfOutputs(ofOutputs))));
    }

    /** The variance of f(x; W) for independent weights is the sum of those that each weight causes. */
    @ParameterizedTest
    @MethodSource("operators")
    void mapsSquares(Operator op) {
        INDArray x = x(op, 2);
        int count = (int) Nd4j.ones(op.unitShape(Unit.WEIGHT)).length();
        INDArray variances = Sample.normal(NOISE.child(8), 1, DataType.DOUBLE, op.unitShape(Unit.WEIGHT));
        INDArray squares = op.input().fold(x.mul(x));
        INDArray sum = Nd4j.zeros(DataType.DOUBLE, op.ofSquares().outputShape(squares.shape()));
        for (int i = 0; i < count; i++) {
            double[] one = new double[op.output().complex() ? 2 * count : count];
            one[i] = 1;
            INDArray y = op.apply(x, Elements.write(one, DataType.DOUBLE, op.weightShape()));
            sum.addi(op.output().fold(y.mul(y)).mul(Elements.read(variances)[i]));
        }
        close(sum, op.ofSquares().apply(squares, variances));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void givesTheSameInFloat(Operator op) {
        INDArray x = x(op, 3);
        INDArray w = weight(op, 1);
        INDArray y = op.apply(x.castTo(DataType.FLOAT), w.castTo(DataType.FLOAT));
        assertEquals(DataType.FLOAT, y.dataType());
        assertArrayEquals(Elements.read(op.apply(x, w)), Elements.read(y), 1e-4);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void survivesSerialization(Operator op) {
        assertEquals(op, Copies.serialized(op));
    }

    private static INDArray x(Operator op, int batch) {
        return Sample.input(op, NOISE.child(9), DataType.DOUBLE, batch);
    }

    private static INDArray weight(Operator op, int index) {
        return Sample.normal(NOISE.child(10, index), 1, DataType.DOUBLE, op.weightShape())
                .dup('f');
    }

    private static void close(INDArray want, INDArray got) {
        assertArrayEquals(want.shape(), got.shape());
        assertArrayEquals(Elements.read(want), Elements.read(got), TOLERANCE);
        assertTrue(want.length() > 0);
    }
}
