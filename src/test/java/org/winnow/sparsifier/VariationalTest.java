package org.winnow.sparsifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;

class VariationalTest {
    private static final Operator REAL = new Linear(10, 20);

    @ParameterizedTest
    @EnumSource
    void divergencesAndSlopesAreFiniteForAnyLogAlpha(Divergence divergence) {
        for (double la = -1e6; la <= 1e6; la += la < -2000 || la > 2000 ? 10_000 : 0.5) {
            assertTrue(Double.isFinite(divergence.value(la, -10)), divergence + " at " + la);
            assertTrue(Double.isFinite(divergence.slope(la)), divergence + " at " + la);
            assertTrue(divergence.slope(la) <= 0, divergence + " rises at " + la);
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreFiniteForAnyWeight(Divergence divergence) {
        Operator op = divergence.complex() ? new ComplexOperator(REAL) : REAL;
        Variational method = new Variational(divergence);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            for (double weight : new double[] {0, 1e-30, 1e-3, 1, 1e6}) {
                for (double logSigma2 : new double[] {-200, -10, 0, 60}) {
                    Params p = Layers.params(method, op, false, type);
                    p.get(Params.WEIGHT).assign(weight);
                    p.get(Variational.LOG_SIGMA2).assign(logSigma2);
                    Params grads = Layers.params(method, op, false, type);
                    method.addPenaltyGradient(op, p, 0, 1, grads);
                    grads.arrays()
                            .values()
                            .forEach(array -> assertEquals(0, Layers.count(array, value -> !Double.isFinite(value))));
                    assertTrue(Double.isFinite(method.penalty(op, p, 0)));
                }
            }
        }
    }

    /** The smallest variance adds noise even to an all-zero input; documented, as the references do. */
    @Test
    void noiseHasTheVarianceOfTheWeights() {
        Variational method = new Variational(Divergence.REAL_VD, -1);
        Operator op = new Linear(3, 1);
        Params p = Layers.params(method, op, false);
        INDArray x = Nd4j.ones(DataType.DOUBLE, 200_000, 3);
        assertEquals(3 * Math.exp(-1), variance(method, op, x, p), 0.02);
        assertEquals(1e-8, variance(method, op, x.mul(0), p), 1e-10);
    }

    @Test
    void complexNoiseIsCircular() {
        Variational method = new Variational(Divergence.COMPLEX_ARD, -1);
        Operator op = new ComplexOperator(new Linear(3, 1));
        Params p = Layers.params(method, op, false);
        INDArray x = Nd4j.ones(DataType.DOUBLE, 200_000, 6);
        double ofBothParts = 6 * Math.exp(-1);
        assertEquals(ofBothParts / 2, variance(method, op, x, p), 0.02);
    }

    @Test
    void goesWithTheKindOfNumbersOfItsDivergence() {
        Variational complex = new Variational(Divergence.COMPLEX_VD);
        String message = assertThrows(IllegalArgumentException.class, () -> complex.params(REAL, true))
                .getMessage();
        assertEquals("operator must be complex for COMPLEX_VD, got " + REAL, message);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Variational(Divergence.REAL_VD).params(new ComplexOperator(REAL), true));
        assertEquals(
                List.of("weight", "bias", "logSigma2"),
                new Variational()
                        .params(REAL, true).stream().map(ParamSpec::name).toList());
    }

    @Test
    void backwardNeedsForward() {
        Variational method = new Variational();
        Params p = Layers.params(method, REAL, true);
        INDArray dy = Nd4j.ones(DataType.DOUBLE, 4, 20);
        assertThrows(
                IllegalStateException.class,
                () -> method.backward(REAL, Layers.input(REAL), dy, p, Params.none(), Layers.training()));
    }

    /** Of the single output or both of its parts, around their means. */
    private static double variance(Variational method, Operator op, INDArray x, Params p) {
        INDArray noise = method.forward(op, x, p, Layers.training()).sub(method.forward(op, x, p, Layers.inference()));
        double sum = 0;
        for (double value : Elements.read(noise)) {
            sum += value * value;
        }
        return sum / noise.length();
    }
}
