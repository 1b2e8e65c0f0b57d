package org.winnow.sparsifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

class MagnitudePruningTest {
    static final List<Operator> OPERATORS = Layers.OPERATORS;

    private static MagnitudePruning pruning(double fraction, boolean bias) {
        return new MagnitudePruning(fraction, MagnitudePruning.Ranking.MODULUS, new MaskOptions(Unit.WEIGHT, bias));
    }

    @ParameterizedTest
    @FieldSource("OPERATORS")
    void dropsExactlyTheFraction(Operator op) {
        for (double fraction : new double[] {0.1, 0.5, 0.9}) {
            MagnitudePruning method = pruning(fraction, false);
            INDArray kept =
                    method.relevance(op, Layers.params(method, op, true), 0).get(Params.WEIGHT);
            assertEquals(
                    Math.round((1 - fraction) * kept.length()), kept.sumNumber().longValue());
        }
    }

    @ParameterizedTest
    @FieldSource("OPERATORS")
    void isTheSameInTrainingAndKeepsAllAtFractionZero(Operator op) {
        MagnitudePruning some = pruning(0.8, true);
        Params p = Layers.params(some, op, true);
        INDArray y = Layers.forward(some, op, p, Layers.inference());
        assertEquals(y, Layers.forward(some, op, p, Layers.training()));
        assertNotEquals(Layers.dense(op, p), y);
        assertEquals(some.l0(op, p, Layers.training()), some.l0(op, p, Layers.inference()));
        assertEquals(Layers.dense(op, p), Layers.forward(pruning(0, true), op, p, Layers.inference()));
        assertEquals((double) some.maxL0(op), pruning(0, true).l0(op, p, Layers.inference()));
    }

    @ParameterizedTest
    @FieldSource("OPERATORS")
    void dropsEverythingAtFractionOne(Operator op) {
        Params p = Layers.params(pruning(1, true), op, true);
        INDArray y = Layers.forward(pruning(1, true), op, p, Layers.inference());
        assertEquals(0, Layers.count(y, value -> value != 0));
        INDArray bias = Layers.forward(pruning(1, false), op, p, Layers.inference());
        assertEquals(op.output().addBias(bias.mul(0), p.get(Params.BIAS)), bias);

        MagnitudePruning ablated = new MagnitudePruning(
                1,
                MagnitudePruning.Ranking.MODULUS,
                new MaskOptions(Unit.WEIGHT, true, true, new Ablation(Ablation.Kind.ZERO)));
        assertEquals(Layers.dense(op, p), Layers.forward(ablated, op, p, Layers.inference()));
    }

    @Test
    void ranksModuliUnlessAskedForSigns() {
        Operator op = new Linear(4, 1);
        Params p = Params.of(Params.WEIGHT, Nd4j.createFromArray(new double[][] {{-3, -1, 1.5, 2}}));
        assertArrayEquals(new double[] {1, 0, 0, 1}, kept(op, p, MagnitudePruning.Ranking.MODULUS));
        assertArrayEquals(new double[] {0, 0, 1, 1}, kept(op, p, MagnitudePruning.Ranking.SIGNED));

        Operator complex = new ComplexOperator(op);
        INDArray w = Nd4j.createFromArray(3.0, 0, 0, 1, /* imaginary: */ 0, 0, 2.0, 1)
                .reshape(2, 1, 4);
        assertArrayEquals(
                new double[] {1, 0, 1, 0},
                kept(complex, Params.of(Params.WEIGHT, w), MagnitudePruning.Ranking.MODULUS));
    }

    @Test
    void ranksUnitsByTheirSize() {
        Operator op = new Linear(2, 3);
        Params p = Params.of(Params.WEIGHT, Nd4j.createFromArray(new double[][] {{3, 0}, {1, 1}, {-2, -3}}));
        MagnitudePruning neurons =
                new MagnitudePruning(0.4, MagnitudePruning.Ranking.MODULUS, new MaskOptions(Unit.NEURON, false));
        assertArrayEquals(
                new double[] {1, 1, 0, 0, 1, 1},
                Elements.read(neurons.relevance(op, p, 0).get(Params.WEIGHT)));
    }

    @Test
    void refusesAFractionOutside() {
        assertEquals(
                "fraction must be in [0.0, 1.0], got -0.1",
                assertThrows(IllegalArgumentException.class, () -> pruning(-0.1, false))
                        .getMessage());
        assertEquals(
                DataType.DOUBLE,
                Layers.params(pruning(0, false), new Linear(2, 2), false)
                        .get("weight")
                        .dataType());
    }

    private static double[] kept(Operator op, Params p, MagnitudePruning.Ranking ranking) {
        MagnitudePruning method = new MagnitudePruning(0.5, ranking, new MaskOptions());
        return Elements.read(method.relevance(op, p, 0).get(Params.WEIGHT));
    }
}
