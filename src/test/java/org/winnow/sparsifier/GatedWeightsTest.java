package org.winnow.sparsifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.gate.BinaryConcrete;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

class GatedWeightsTest {
    static final List<Operator> OPERATORS = Layers.OPERATORS;

    private static final MaskOptions WEIGHTS = new MaskOptions();
    private static final MaskOptions WITH_BIAS = new MaskOptions(Unit.WEIGHT, true);

    @Test
    void theInitialFractionIsWhatFreshMasksKeep() {
        Operator op = new Linear(100, 200);
        for (double fraction : new double[] {0.1, 0.5, 0.9}) {
            GatedWeights gates = GatedWeights.hardConcrete(fraction, WEIGHTS);
            INDArray mask = gates.masks(op, Layers.params(gates, op, true), Layers.training())
                    .get(Params.WEIGHT);
            assertEquals(1 - fraction, Layers.count(mask, gate -> gate < 0.5) / 20_000.0, 0.015);
        }
        assertEquals(
                "fraction must be in [0.0, 1.0], got 1.5",
                assertThrows(IllegalArgumentException.class, () -> GatedWeights.hardConcrete(1.5, WEIGHTS))
                        .getMessage());
    }

    @ParameterizedTest
    @FieldSource("OPERATORS")
    void openGatesGiveTheOriginalAtInference(Operator op) {
        for (GatedWeights gates : List.of(
                GatedWeights.hardConcrete(0.8, WEIGHTS),
                GatedWeights.continuousSparsification(0.5, Annealing.NONE, WEIGHTS))) {
            Params p = Layers.params(gates, op, true);
            assertEquals(Layers.dense(op, p), Layers.forward(gates, op, p, Layers.inference()));
            assertNotEquals(Layers.dense(op, p), Layers.forward(gates, op, p, Layers.training()));
        }
        for (GatedWeights gates : List.of(
                GatedWeights.hardConcrete(0.1, WEIGHTS),
                GatedWeights.continuousSparsification(-0.5, Annealing.NONE, WEIGHTS))) {
            Params p = Layers.params(gates, op, true);
            assertNotEquals(Layers.dense(op, p), Layers.forward(gates, op, p, Layers.inference()));
            assertNotEquals(Layers.dense(op, p), Layers.forward(gates, op, p, Layers.training()));
        }
    }

    @ParameterizedTest
    @FieldSource("OPERATORS")
    void closedGatesLeaveTheBiasUnlessItIsMasked(Operator op) {
        GatedWeights masked = GatedWeights.hardConcrete(0, WITH_BIAS);
        INDArray y = Layers.forward(masked, op, Layers.params(masked, op, true), Layers.inference());
        assertEquals(0, Layers.count(y, value -> value != 0));

        GatedWeights unmasked = GatedWeights.hardConcrete(0, WEIGHTS);
        Params p = Layers.params(unmasked, op, true);
        INDArray bias = Layers.forward(unmasked, op, p, Layers.inference());
        assertEquals(op.output().addBias(bias.mul(0), p.get(Params.BIAS)), bias);
    }

    /** A logit of exactly 0 is a tie, in float and double. */
    @ParameterizedTest
    @FieldSource("OPERATORS")
    void aNeuronWhoseGatesAreClosedIsSilent(Operator op) {
        for (Unit unit : Unit.values()) {
            for (GatedWeights gates : List.of(
                    GatedWeights.hardConcrete(0.9, new MaskOptions(unit, true)),
                    GatedWeights.continuousSparsification(0.9, Annealing.NONE, new MaskOptions(unit, true)))) {
                for (double closed : new double[] {0, -1}) {
                    Params p = Layers.params(gates, op, true);
                    INDArray first = Nd4j.zeros(DataType.DOUBLE, 20);
                    first.putScalar(7, 1);
                    INDArray open = op.weightsOfOutputs(first.rsub(1));
                    p.get("biasGate").putScalar(7, closed);
                    INDArray gate = p.get("gate");
                    INDArray openUnits =
                            Masked.WEIGHT.sumOfUnits(op, unit, open).gt(0).castTo(DataType.DOUBLE);
                    gate.muli(openUnits).addi(openUnits.rsub(1).mul(closed));

                    INDArray y = Layers.forward(gates, op, p, Layers.inference());
                    INDArray silent = op.output().sumOfOthers(y.mul(y));
                    assertEquals(0, silent.getDouble(7));
                    assertEquals(1, Layers.count(silent, energy -> energy == 0));
                    long perNeuron = p.get(Params.WEIGHT).length() / 20;
                    assertEquals((double) (gates.maxL0(op) - perNeuron - 1), gates.l0(op, p, Layers.inference()));
                    assertTrue(gates.l0(op, p, Layers.training()) < gates.maxL0(op));
                }
            }
        }
    }

    @Test
    void trainingL0IsSmoothAndInferenceL0Whole() {
        Operator op = new Linear(10, 20);
        for (GatedWeights gates : List.of(
                GatedWeights.hardConcrete(0.8, WITH_BIAS),
                GatedWeights.continuousSparsification(1, Annealing.NONE, WITH_BIAS))) {
            Params p = Layers.params(gates, op, true);
            double training = gates.l0(op, p, Layers.training());
            assertNotEquals(Math.rint(training), training);
            assertEquals(220, gates.l0(op, p, Layers.inference()));
        }
    }

    @Test
    void temperatureIsAFunctionOfTheEpochAndDoesNotMatterAtInference() {
        Operator op = new Linear(10, 20);
        GatedWeights gates = GatedWeights.continuousSparsification(1, new Annealing(1000, 4), WEIGHTS);
        Params p = Layers.params(gates, op, true);
        Draws draws = Draws.recorded(Map.of());
        double before = gates.l0(op, p, Pass.training(0, draws));
        assertNotEquals(before, gates.l0(op, p, Pass.training(2, draws)));
        assertEquals(200, gates.l0(op, p, Pass.training(4, draws)));
        assertEquals(200, gates.l0(op, p, Pass.training(9, draws)));
        assertEquals(200, gates.l0(op, p, Pass.inference(0)));
        assertEquals(200, gates.l0(op, p, Pass.inference(4)));
        assertThrows(IllegalArgumentException.class, () -> new Annealing(0, 3));
        assertThrows(IllegalArgumentException.class, () -> new Annealing(2, 0));
    }

    @Test
    void frozenGatesAreAsAtInference() {
        Operator op = new Linear(10, 20);
        GatedWeights learning = GatedWeights.hardConcrete(0.7, WITH_BIAS);
        GatedWeights frozen = learning.withFrozen(true);
        Params p = Layers.params(frozen, op, true);
        assertEquals(
                Layers.forward(learning, op, p, Layers.inference()), Layers.forward(frozen, op, p, Layers.training()));
        assertEquals(220, frozen.penalty(op, p, 0));
        assertTrue(frozen.params(op, true).stream()
                .noneMatch(spec -> spec.kind() == ParamSpec.Kind.SPARSIFIER && spec.trainable()));
    }

    @Test
    void costIsThatOfUnitsOrOfTheirWeights() {
        Operator op = new Linear(10, 20);
        MaskOptions neurons = new MaskOptions(Unit.NEURON, false);
        GatedWeights units = GatedWeights.hardConcrete(0.5, neurons);
        Params p = Layers.params(units, op, true);
        GatedWeights weights = new GatedWeights(
                units.gates(),
                units.initial(),
                Annealing.NONE,
                GatedWeights.Cost.WEIGHTS,
                units.atInference(),
                false,
                neurons);
        double open = new BinaryConcrete().activeProbability(p.get("gate").getDouble(0));
        assertEquals(20 * open, units.penalty(op, p, 0), 1e-9);
        assertEquals(200 * open, weights.penalty(op, p, 0), 1e-9);
    }
}
