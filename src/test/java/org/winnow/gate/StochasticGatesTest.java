package org.winnow.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.winnow.kernel.Noise;

/** The behaviours that the references' own tests require of Gaussian and binary concrete gates; numbers are elsewhere. */
class StochasticGatesTest {
    private static final Noise NOISE = Noise.of(11);

    static Stream<GateDistribution> distributions() {
        return Stream.of(new Gaussian(0.5), new BinaryConcrete(), new Sigmoid(2));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void reductionsOfThePenalty(GateDistribution distribution) {
        INDArray parameters = Nd4j.createFromArray(-0.7, 0.1, 1.3);
        double[] active = gates(distribution, 3).activeProbabilities(parameters).toDoubleVector();
        double sum = Arrays.stream(active).sum();
        GateGroups groups = GateGroups.oneEach(3);
        StochasticGates none = new StochasticGates(distribution, groups, 2, Reduction.NONE);
        assertEquals(2 * sum, new StochasticGates(distribution, groups, 2, Reduction.SUM).penalty(parameters), 1e-12);
        assertEquals(
                2 * sum / 3, new StochasticGates(distribution, groups, 2, Reduction.MEAN).penalty(parameters), 1e-12);
        assertEquals(2 * sum, none.penalty(parameters), 1e-12);
        assertArrayEquals(
                Arrays.stream(active).map(p -> 2 * p).toArray(),
                none.penalties(parameters).toDoubleVector(),
                1e-12);
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void sharedGatesAreSampledOncePerExample(GateDistribution distribution) {
        GateGroups groups = GateGroups.of(3, new long[] {2, 3}, 0, 1, 1, 2, 0, 1);
        StochasticGates gates = new StochasticGates(distribution, groups, 1, Reduction.SUM);
        INDArray parameters = Nd4j.createFromArray(0.2, 0.5, 0.4);
        GateDraw draw = gates.sample(parameters, 2, NOISE);
        double[] y =
                gates.forward(Nd4j.ones(DataType.DOUBLE, 2, 2, 3), draw).ravel().toDoubleVector();
        for (int from = 0; from < 12; from += 6) {
            assertEquals(y[from], y[from + 4]);
            assertEquals(y[from + 1], y[from + 2]);
            assertEquals(y[from + 1], y[from + 5]);
        }
        assertEquals(
                distribution.noise() == NoiseKind.NONE,
                Arrays.equals(Arrays.copyOf(y, 6), Arrays.copyOfRange(y, 6, 12)));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void penaltyIsOfGatesNotOfElements(GateDistribution distribution) {
        INDArray parameters = Nd4j.createFromArray(0.2, 0.5);
        GateGroups few = GateGroups.of(2, new long[] {2}, 0, 1);
        GateGroups many = GateGroups.of(2, new long[] {6}, 0, 1, 1, 1, 1, 0);
        assertEquals(
                new StochasticGates(distribution, few, 1, Reduction.SUM).penalty(parameters),
                new StochasticGates(distribution, many, 1, Reduction.SUM).penalty(parameters));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void shapesAndTypesAreThoseOfTheArguments(GateDistribution distribution) {
        StochasticGates gates = gates(distribution, 6);
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            INDArray parameters = Nd4j.zeros(type, 1, 6);
            INDArray x = Nd4j.rand(type, 4, 2, 3);
            for (GateDraw draw : List.of(gates.mean(parameters), gates.sample(parameters, 4, NOISE))) {
                INDArray y = gates.forward(x, draw);
                assertArrayEquals(x.shape(), y.shape());
                assertEquals(type, y.dataType());
                INDArray gradient = gates.parameterGradient(x, y, draw);
                assertArrayEquals(new long[] {6}, gradient.shape());
                assertEquals(type, gradient.dataType());
            }
            for (INDArray perGate : List.of(
                    gates.values(parameters, true),
                    gates.activeProbabilities(parameters),
                    gates.penaltyGradient(parameters))) {
                assertArrayEquals(parameters.shape(), perGate.shape());
                assertEquals(type, perGate.dataType());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void stridesDoNotMatter(GateDistribution distribution) {
        StochasticGates gates = gates(distribution, 6);
        INDArray parameters = Nd4j.linspace(-1, 1, 6, DataType.DOUBLE);
        INDArray wide = Nd4j.rand(DataType.DOUBLE, 5, 4, 3);
        INDArray view = wide.permute(1, 0, 2).get(NDArrayIndex.all(), NDArrayIndex.interval(2, 4));
        GateDraw draw = gates.sample(parameters, 4, NOISE);
        assertEquals(gates.forward(view.dup('c'), draw), gates.forward(view, draw));
        assertEquals(gates.forward(view.dup('f'), draw), gates.forward(view, draw));
        INDArray rowsOfView = wide.get(NDArrayIndex.interval(1, 5)).reshape(4, 12);
        StochasticGates twelve = gates(distribution, 12);
        GateDraw open = twelve.sample(Nd4j.valueArrayOf(new long[] {12}, 40.0, DataType.DOUBLE), 4, NOISE);
        assertEquals(rowsOfView, twelve.forward(rowsOfView, open));
    }

    @Test
    void valuesAreLimitedUnlessAskedOtherwise() {
        INDArray parameters = Nd4j.createFromArray(2.0, -2.0);
        StochasticGates gaussian = gates(new Gaussian(0.5), 2);
        assertArrayEquals(new double[] {1, 0}, gaussian.values(parameters, true).toDoubleVector());
        assertArrayEquals(
                new double[] {2, -2}, gaussian.values(parameters, false).toDoubleVector());

        INDArray far = Nd4j.createFromArray(10.0, -10.0, 10.0);
        StochasticGates concrete = gates(new BinaryConcrete(2.0 / 3, -2, 2, 1e-8), 3);
        assertArrayEquals(new double[] {1, 0, 1}, concrete.values(far, true).toDoubleVector());
        double[] raw = concrete.values(far, false).toDoubleVector();
        assertTrue(raw[0] > 1 && raw[1] < 0 && raw[2] > 1);
    }

    @Test
    void noiseOfAnExampleIsAFunctionOfItsPlace() {
        StochasticGates gates = gates(new Gaussian(0.5), 3);
        INDArray parameters = Nd4j.createFromArray(0.2, 0.5, 0.4);
        GateDraw few = gates.sample(parameters, 2, NOISE);
        GateDraw many = gates.sample(parameters, 5, NOISE);
        for (int gate = 0; gate < 3; gate++) {
            assertEquals(few.gate(1, gate), many.gate(1, gate));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        StochasticGates gates = gates(new Gaussian(0.5), 3);
        INDArray parameters = Nd4j.createFromArray(0.2, 0.5, 0.4);
        GateDraw draw = gates.sample(parameters, 2, NOISE);
        assertRefused(() -> gates.forward(Nd4j.ones(3), gates.mean(parameters)));
        assertRefused(() -> gates.forward(Nd4j.ones(2, 4), draw));
        assertRefused(() -> gates.forward(Nd4j.ones(4, 3), draw));
        assertRefused(() -> gates.parameterGradient(Nd4j.ones(2, 3), Nd4j.ones(3, 2), draw));
        assertRefused(() -> gates.mean(Nd4j.ones(4)));
        assertRefused(() -> gates.sample(parameters));
        assertRefused(() -> gates.sample(parameters, 0.1, 0.2));
        assertRefused(() -> gates(new Gaussian(0.5), 2).forward(Nd4j.ones(2, 2), draw));
        assertRefused(() -> new StochasticGates(new Gaussian(1), GateGroups.oneEach(1), -1, Reduction.SUM));
    }

    private static StochasticGates gates(GateDistribution distribution, int gates) {
        return new StochasticGates(distribution, GateGroups.oneEach(gates), 1, Reduction.SUM);
    }

    private static void assertRefused(Runnable call) {
        assertThrows(IllegalArgumentException.class, call::run);
    }
}
