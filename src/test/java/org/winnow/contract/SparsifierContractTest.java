package org.winnow.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Ablation;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.Draws;
import org.winnow.sparsifier.Masking;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Pass;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Variational;

/** What {@link Sparsifier} promises, for every sparsifier with every operator on the class path. */
class SparsifierContractTest {
    private static final Noise NOISE = Noise.of(11);
    private static final double SCALE = 0.37;
    private static final double STEP = 1e-6;
    private static final List<Case> CASES = cases();

    /** One sparsifier on one operator, in training or not. */
    private record Case(Sparsifier sparsifier, Operator op, boolean bias, boolean training, DataType type) {
        Params params() {
            return Sample.params(sparsifier, op, bias, NOISE.child(1), type);
        }

        INDArray x() {
            return Sample.input(op, NOISE.child(2), type, 3);
        }

        Pass pass(long stream) {
            Draws draws = Draws.of(NOISE.child(3, stream));
            return training ? Pass.training(2, draws) : Pass.inference(2, draws);
        }

        INDArray dy() {
            return Sample.normal(NOISE.child(4), 1, type, op.outputShape(x().shape()));
        }

        /** {@code sum(dy * y) + SCALE * penalty}. */
        double loss(INDArray x, Params p) {
            return Sample.dot(sparsifier.forward(op, x, p, pass(0)), dy()) + SCALE * sparsifier.penalty(op, p, 2);
        }

        INDArray setGradients(INDArray x, Params p, Params grads) {
            return setGradients(x, p, grads, pass(0));
        }

        INDArray setGradients(INDArray x, Params p, Params grads, Pass pass) {
            sparsifier.forward(op, x, p, pass);
            INDArray dx = sparsifier.backward(op, x, dy(), p, grads, pass);
            sparsifier.addPenaltyGradient(op, p, 2, SCALE, grads);
            return dx;
        }

        boolean ablated() {
            return sparsifier instanceof Masking masking
                    && masking.mask().ablation().kind() != Ablation.Kind.NONE;
        }
    }

    @Test
    void theScanFindsAMethodThatIsOneFile() {
        assertTrue(ClassScan.implementations(Sparsifier.class).contains(Wobble.class));
        assertTrue(ClassScan.sparsifiers().contains(new Wobble()));
    }

    /** Along a random direction of all that learns and of the input; with the same noise, or this would not hold. */
    @Test
    void gradientsAreThoseOfOutputAndPenalty() {
        forEachCase(c -> {
            if (c.sparsifier instanceof Variational variational
                    && variational.divergence() == Divergence.COMPLEX_VD_BOGUS) {
                return; // Its slope is another function's by definition.
            }
            Params p = c.params();
            INDArray x = c.x();
            Params grads = Sample.zeros(c.sparsifier, c.op, p);
            INDArray dx = c.setGradients(x, p, grads);

            INDArray xDirection = Sample.normal(NOISE.child(5), 1, c.type, x.shape());
            double slope = Sample.dot(dx, xDirection);
            Map<String, INDArray> plus = new LinkedHashMap<>(p.arrays());
            Map<String, INDArray> minus = new LinkedHashMap<>(p.arrays());
            for (String name : grads.names()) {
                INDArray array = p.get(name);
                INDArray direction = Sample.normal(NOISE.child(6, name.hashCode()), 1, c.type, array.shape());
                slope += Sample.dot(grads.get(name), direction);
                plus.put(name, array.add(direction.mul(STEP)));
                minus.put(name, array.sub(direction.mul(STEP)));
            }
            double change = c.loss(x.add(xDirection.mul(STEP)), new Params(plus))
                    - c.loss(x.sub(xDirection.mul(STEP)), new Params(minus));
            assertEquals(change / (2 * STEP), slope, 1e-5 * (1 + Math.abs(slope)), c.toString());
        });
    }

    @Test
    void gradientsAreSetAndOnlyOfWhatLearns() {
        forEachCase(c -> {
            Params p = c.params();
            Params grads = Sample.zeros(c.sparsifier, c.op, p);
            INDArray dx = c.setGradients(c.x(), p, grads);
            Params ones = Sample.zeros(c.sparsifier, c.op, p);
            ones.arrays().values().forEach(array -> array.addi(1));
            c.setGradients(c.x(), p, ones);
            grads.arrays().forEach((name, array) -> close(array, ones.get(name), c));

            close(dx, c.setGradients(c.x(), p, Params.none()), c);
        });
    }

    @Test
    void gradientsOfParametersDoNotNeedThatOfTheInput() {
        forEachCase(c -> {
            Params p = c.params();
            Params want = Sample.zeros(c.sparsifier, c.op, p);
            Params got = Sample.zeros(c.sparsifier, c.op, p);
            INDArray dx = c.setGradients(c.x(), p, want);
            INDArray unneeded = c.setGradients(c.x(), p, got, c.pass(0).withoutInputGradient());
            want.arrays().forEach((name, array) -> same(array, got.get(name), c));
            if (!unneeded.isEmpty()) {
                same(dx, unneeded, c);
            }
        });
    }

    @Test
    void nothingGivenIsChanged() {
        forEachCase(c -> {
            Params p = c.params();
            INDArray x = c.x();
            double penalty = c.sparsifier.penalty(c.op, p, 2);
            c.setGradients(x, p, Sample.zeros(c.sparsifier, c.op, p));
            same(c.x(), x, c);
            c.params().arrays().forEach((name, array) -> same(array, p.get(name), c));
            assertEquals(penalty, c.sparsifier.penalty(c.op, p, 2), c.toString());
        });
    }

    @Test
    void noiseIsAFunctionOfTheStreamAndAbsentAtInference() {
        forEachCase(c -> {
            Params p = c.params();
            INDArray y = c.sparsifier.forward(c.op, c.x(), p, c.pass(0));
            same(y, c.sparsifier.forward(c.op, c.x(), p, c.pass(0)), c);
            if (!c.training && !c.ablated()) {
                Draws none = (name, kind, type, shape) -> {
                    throw new AssertionError("noise at inference: " + name);
                };
                same(y, c.sparsifier.forward(c.op, c.x(), p, Pass.inference(2, none)), c);
            }
        });
    }

    @Test
    void penaltiesDoNotDependOnTheBatch() {
        forEachCase(c -> {
            Params p = c.params();
            double penalty = c.sparsifier.penalty(c.op, p, 2);
            c.sparsifier.forward(c.op, Sample.input(c.op, NOISE, c.type, 5), p, c.pass(0));
            assertEquals(penalty, c.sparsifier.penalty(c.op, p, 2), c.toString());
            Params grads = Sample.zeros(c.sparsifier, c.op, p);
            c.sparsifier.addPenaltyGradient(c.op, p, 2, 0, grads);
            grads.arrays().values().forEach(array -> same(array.mul(0), array, c));
        });
    }

    @Test
    void relevanceIsOneNumberForEachWeight() {
        forEachCase(c -> {
            for (double threshold : new double[] {-1, 0, 0.5, 3}) {
                Params relevance = c.sparsifier.relevance(c.op, c.params(), threshold);
                assertArrayEquals(
                        c.op.unitShape(Unit.WEIGHT),
                        relevance.get(Params.WEIGHT).shape());
                relevance.arrays().forEach((name, array) -> {
                    assertTrue(name.equals(Params.WEIGHT) || name.equals(Params.BIAS), name);
                    for (double decision : Elements.read(array)) {
                        assertTrue(decision == 0 || decision == 1, c + " " + decision);
                    }
                });
            }
        });
    }

    @Test
    void floatAgreesWithDouble() {
        forEachCase(c -> {
            Case single = new Case(c.sparsifier, c.op, c.bias, c.training, DataType.FLOAT);
            Params grads = Sample.zeros(c.sparsifier, c.op, c.params());
            Params singleGrads = Sample.zeros(c.sparsifier, c.op, single.params());
            INDArray dx = c.setGradients(c.x(), c.params(), grads);
            INDArray singleDx = single.setGradients(single.x(), single.params(), singleGrads);
            assertEquals(DataType.FLOAT, singleDx.dataType());
            assertArrayEquals(Elements.read(dx), Elements.read(singleDx), 1e-3, c.toString());
            grads.arrays()
                    .forEach((name, array) -> assertArrayEquals(
                            Elements.read(array), Elements.read(singleGrads.get(name)), 2e-2, c + name));
        });
    }

    @Test
    void survivesSerialization() {
        ClassScan.sparsifiers().forEach(sparsifier -> assertEquals(sparsifier, Copies.serialized(sparsifier)));
    }

    /** Runs what is chosen in both modes, and fails with all that failed. */
    private static void forEachCase(Consumer<Case> check) {
        List<String> failures = new ArrayList<>();
        for (Case c : CASES) {
            try {
                check.accept(c);
            } catch (AssertionError e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        assertEquals(List.of(), failures);
    }

    /**
     * Every sparsifier with every operator, in the first variant that is not refused; and every variant with one real and
     * one complex operator, unless it is refused.
     */
    private static List<Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        List<Operator> operators = ClassScan.operators();
        Operator real = operators.get(0);
        List<Operator> few = List.of(real, new ComplexOperator(real));
        for (boolean training : new boolean[] {true, false}) {
            for (Sparsifier sparsifier : ClassScan.sparsifiers()) {
                for (Operator op : operators) {
                    Case c = new Case(sparsifier, op, true, training, DataType.DOUBLE);
                    String pair = sparsifier.getClass().getSimpleName() + " " + op + " " + training;
                    if ((few.contains(op) || !cases.containsKey(pair)) && !refused(c)) {
                        cases.put(cases.containsKey(pair) ? c.toString() : pair, c);
                    }
                }
            }
        }
        return List.copyOf(cases.values());
    }

    @Test
    void everySparsifierGoesWithEveryOperator() {
        for (Class<? extends Sparsifier> sparsifier : ClassScan.implementations(Sparsifier.class)) {
            for (Operator op : ClassScan.operators()) {
                for (boolean training : new boolean[] {true, false}) {
                    assertTrue(
                            CASES.stream()
                                    .anyMatch(c -> c.sparsifier.getClass() == sparsifier
                                            && c.op.equals(op)
                                            && c.training == training),
                            sparsifier + " with " + op + (training ? " in training" : " at inference"));
                }
            }
        }
    }

    private static boolean refused(Case c) {
        try {
            c.sparsifier.forward(c.op, c.x(), c.params(), c.pass(0));
            return false;
        } catch (IllegalArgumentException | IllegalStateException e) {
            assertNotEquals("", String.valueOf(e.getMessage()));
            return true;
        }
    }

    private static void close(INDArray want, INDArray got, Case c) {
        assertArrayEquals(Elements.read(want), Elements.read(got), 1e-9, c.toString());
    }

    private static void same(INDArray want, INDArray got, Case c) {
        assertArrayEquals(Elements.read(want), Elements.read(got), c.toString());
    }
}
