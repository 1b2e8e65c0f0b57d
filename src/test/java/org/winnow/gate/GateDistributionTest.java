package org.winnow.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

/** What holds for every distribution, and what each refuses. */
class GateDistributionTest {
    private static final List<GateDistribution> ALL = List.of(
            new Gaussian(0.5),
            new Gaussian(0.1),
            new BinaryConcrete(),
            new BinaryConcrete(0.3, -2, 2, 1e-6),
            new Sigmoid(1),
            new Sigmoid(7));

    @Property
    void slopesAreThoseOfTheValues(
            @ForAll @DoubleRange(min = -4, max = 4) @Scale(6) double parameter,
            @ForAll @DoubleRange(min = 0.001, max = 0.999) @Scale(6) double noise) {
        for (GateDistribution gate : ALL) {
            assertSlope(p -> gate.sample(p, noise), gate.sampleSlope(parameter, noise), parameter);
            assertSlope(gate::activeProbability, gate.activeProbabilitySlope(parameter), parameter);
            if (!(gate instanceof Sigmoid)) {
                assertSlope(gate::mean, gate.meanSlope(parameter), parameter);
            }
        }
    }

    @Property
    void higherParametersOpen(
            @ForAll @DoubleRange(min = -4, max = 4) @Scale(6) double parameter,
            @ForAll @DoubleRange(min = 0.001, max = 1) @Scale(6) double step) {
        for (GateDistribution gate : ALL) {
            assertTrue(gate.sample(parameter + step, 0.4) >= gate.sample(parameter, 0.4));
            assertTrue(gate.mean(parameter + step) >= gate.mean(parameter));
            double active = gate.activeProbability(parameter);
            assertTrue(active >= 0 && active <= gate.activeProbability(parameter + step));
            assertTrue(gate.activeProbability(parameter + step) <= 1);
        }
    }

    @Test
    void activeProbabilityIsTheShareOfOpenGates() {
        for (GateDistribution gate : ALL) {
            if (gate.noise() == NoiseKind.NONE) {
                continue;
            }
            double[] noise = gate.noise().draw(Noise.of(5), 100_000);
            for (double parameter : new double[] {-1, -0.2, 0, 0.3, 1.5}) {
                double open = 0;
                for (double draw : noise) {
                    open += gate.sample(parameter, draw) > 0 ? 1 : 0;
                }
                assertEquals(gate.activeProbability(parameter), open / noise.length, 0.006, gate.toString());
            }
        }
    }

    @Test
    void gatesStartHalfOpen() {
        for (GateDistribution gate : ALL) {
            double start = gate.initialParameter();
            double value = gate.noise() == NoiseKind.NONE ? gate.sample(start, 0) : gate.mean(start);
            assertEquals(0.5, value, 1e-12, gate.toString());
        }
    }

    @Test
    void uniformNoiseIsKeptFromItsEnds() {
        BinaryConcrete gate = new BinaryConcrete(0.5, -0.1, 1.1, 1e-3);
        assertEquals(gate.sample(0.3, 1e-3), gate.sample(0.3, 0));
        assertEquals(gate.sample(0.3, 1 - 1e-3), gate.sample(0.3, 1));
    }

    @Test
    void sigmoidDecidesBySign() {
        Sigmoid gate = new Sigmoid(3);
        assertEquals(0, gate.mean(0));
        assertEquals(0, gate.mean(-1e-9));
        assertEquals(1, gate.mean(1e-9));
        assertEquals(0, gate.meanSlope(1));
    }

    @Test
    void clampPassesItsSlopeOnTheClosedInterval() {
        assertEquals(List.of(0.0, 0.0, 0.4, 1.0, 1.0), List.of(clamp(-2), clamp(0), clamp(0.4), clamp(1), clamp(3)));
        assertEquals(1, GateDistribution.clampSlope(0));
        assertEquals(1, GateDistribution.clampSlope(1));
        assertEquals(0, GateDistribution.clampSlope(-1e-9));
        assertEquals(0, GateDistribution.clampSlope(1 + 1e-9));
    }

    @Test
    void refusalsNameArgumentRangeAndValue() {
        assertRefused("std must be a finite number above 0, got 0.0", () -> new Gaussian(0));
        assertRefused("std must be a finite number above 0, got NaN", () -> new Gaussian(Double.NaN));
        assertRefused("temperature must be a finite number above 0, got -1.0", () -> new Sigmoid(-1));
        assertRefused(
                "temperature must be a finite number above 0, got 0.0", () -> new BinaryConcrete(0, -0.1, 1.1, 1e-8));
        assertRefused("lower must be a finite number below 0, got 0.0", () -> new BinaryConcrete(0.5, 0, 1.1, 1e-8));
        assertRefused(
                "upper must be a finite number of at least 1, got 0.9", () -> new BinaryConcrete(0.5, -0.1, 0.9, 1e-8));
        assertRefused("eps must be in (0.0, 0.5), got 0.5", () -> new BinaryConcrete(0.5, -0.1, 1.1, 0.5));
    }

    @Test
    void stripsAreAsTheFormulas() {
        double[] parameters = {-3, -0.4, 0, 0.3, 2};
        double[] noise = {0.1, 0.5, 0.7, 0.9, 0.2};
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            INDArray p = Elements.write(parameters, type, parameters.length);
            INDArray u = Elements.write(noise, type, noise.length);
            double within = type == DataType.FLOAT ? 1e-6 : 1e-14;
            for (GateDistribution gate : ALL) {
                Strips at = Strips.over(p);
                at.next();
                Drawn sample = gate.sample(at, at.read(p), at.read(u));
                Drawn mean = gate.mean(at, at.read(p));
                Drawn active = gate.active(at, at.read(p));
                for (int i = 0; i < parameters.length; i++) {
                    assertEquals(gate.sample(parameters[i], noise[i]), at(sample.value(), i, type), within);
                    assertEquals(gate.sampleSlope(parameters[i], noise[i]), at(sample.slope(), i, type), within);
                    assertEquals(gate.mean(parameters[i]), at(mean.value(), i, type), within);
                    assertEquals(gate.meanSlope(parameters[i]), at(mean.slope(), i, type), within);
                    assertEquals(gate.activeProbability(parameters[i]), at(active.value(), i, type), within);
                    assertEquals(gate.activeProbabilitySlope(parameters[i]), at(active.slope(), i, type), within);
                }
            }
        }
    }

    private static double at(Strip strip, int index, DataType type) {
        INDArray array = Nd4j.zeros(type, index + 1);
        Strips all = Strips.over(array);
        all.next();
        all.write(array, strip);
        all.next();
        return array.getDouble(index);
    }

    private static double clamp(double raw) {
        return GateDistribution.clamp(raw);
    }

    private static void assertRefused(String message, Runnable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction::run).getMessage());
    }

    private static void assertSlope(DoubleUnaryOperator value, double slope, double at) {
        double step = 1e-6;
        double numeric = (value.applyAsDouble(at + step) - value.applyAsDouble(at - step)) / (2 * step);
        assertEquals(numeric, slope, 1e-7);
    }
}
