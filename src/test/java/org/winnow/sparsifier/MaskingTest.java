package org.winnow.sparsifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/** What all mask methods have in common: ablations, masks off, masked biases, counts. */
class MaskingTest {
    /** A method whose mask has both kinds of entries, and fewer that are kept. */
    private record Case(Operator op, Masking method, boolean biasMasked) {
        Params params() {
            Params p = Layers.params(method, op, true);
            for (String gate : List.of("gate", "biasGate", "mask", "biasMask")) {
                if (p.has(gate)) {
                    INDArray array = p.get(gate);
                    double[] values = new double[(int) array.length()];
                    Arrays.setAll(values, i -> i % 3 == 1 ? 0.8 : -0.6);
                    array.assign(Elements.like(array, values));
                }
            }
            return p;
        }

        INDArray subnetwork() {
            return method.relevance(op, params(), Masking.HALF).get(Params.WEIGHT);
        }

        INDArray mask(Pass pass) {
            return method.masks(op, params(), pass).get(Params.WEIGHT);
        }
    }

    private static Stream<Case> cases(Ablation.Kind... kinds) {
        return Layers.OPERATORS.stream()
                .flatMap(op -> Stream.of(Unit.WEIGHT, Unit.NEURON)
                        .flatMap(unit -> Stream.of(true, false)
                                .flatMap(bias -> Arrays.stream(kinds)
                                        .map(kind -> new MaskOptions(unit, bias, true, new Ablation(kind)))
                                        .flatMap(mask -> Stream.of(
                                                        GatedWeights.hardConcrete(0.5, mask),
                                                        GatedWeights.continuousSparsification(0, Annealing.NONE, mask),
                                                        new MagnitudePruning(
                                                                0.7, MagnitudePruning.Ranking.MODULUS, mask),
                                                        new FixedMask(mask))
                                                .map(method -> new Case(op, method, bias))))));
    }

    static Stream<Case> plain() {
        return cases(Ablation.Kind.NONE);
    }

    static Stream<Case> zero() {
        return cases(Ablation.Kind.ZERO);
    }

    static Stream<Case> random() {
        return cases(Ablation.Kind.RANDOM);
    }

    static Stream<Case> sampled() {
        return cases(Ablation.Kind.RANDOMLY_SAMPLED, Ablation.Kind.COMPLEMENT_SAMPLED);
    }

    @ParameterizedTest
    @MethodSource("plain")
    void masksExistWhereTheyAreAskedFor(Case c) {
        boolean hasBiasMask =
                c.params().names().stream().anyMatch(name -> name.startsWith("bias") && !name.equals("bias"));
        boolean learnsNone = c.method instanceof MagnitudePruning;
        assertEquals(c.biasMasked && !learnsNone, hasBiasMask);
        assertEquals(
                c.biasMasked,
                c.method.masks(c.op, c.params(), Layers.inference()).has(Params.BIAS));
        if (c.biasMasked) {
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> c.method.params(c.op, false));
            assertEquals("bias of a mask must be false for a layer without bias, got true", error.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("plain")
    void masksThatAreOffChangeNothing(Case c) {
        Params p = c.params();
        INDArray dense = Layers.dense(c.op, p);
        assertNotEquals(dense, Layers.forward(c.method, c.op, p, Layers.inference()));
        Masking off = withMask(c.method, c.method.mask().withEnabled(false));
        assertEquals(dense, Layers.forward(off, c.op, p, Layers.inference()));
        assertEquals(dense, Layers.forward(off, c.op, p, Layers.training()));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void l0CountsWhatIsKept(Case c) {
        double l0 = c.method.l0(c.op, c.params(), Layers.inference());
        assertEquals(Math.rint(l0), l0);
        assertTrue(l0 < c.method.maxL0(c.op));
        assertEquals(c.method.maxL0(c.op), c.params().get(Params.WEIGHT).length() + (c.biasMasked ? 20 : 0));
    }

    @ParameterizedTest
    @MethodSource("zero")
    void zeroAblationKeepsTheRest(Case c) {
        assertEquals(c.subnetwork().rsub(1), c.mask(Layers.inference()));
        if (c.method.learns()) {
            assertThrows(
                    IllegalStateException.class, () -> Layers.forward(c.method, c.op, c.params(), Layers.training()));
        }
    }

    @ParameterizedTest
    @MethodSource("random")
    void randomAblationReplacesTheSubnetwork(Case c) {
        assertEquals(c.subnetwork().rsub(1), c.mask(Layers.inference()));
        Masking zero = withMask(c.method, c.method.mask().withAblation(new Ablation(Ablation.Kind.ZERO)));
        INDArray y = Layers.forward(c.method, c.op, c.params(), Layers.inference());
        INDArray zeroed = Layers.forward(zero, c.op, c.params(), Layers.inference());
        assertTrue(Layers.count(y.sub(zeroed), difference -> difference != 0) > 0);
        assertEquals(y, Layers.forward(c.method, c.op, c.params(), Layers.inference()));
        assertNotEquals(y, Layers.forward(resampled(c.method), c.op, c.params(), Layers.inference()));
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void samplesAreAsLargeAsTheSubnetworkAndRenewedOnRequest(Case c) {
        INDArray mask = c.mask(Layers.inference());
        INDArray subnetwork = c.subnetwork();
        assertEquals(Layers.count(subnetwork, one -> one == 1), Layers.count(mask, one -> one == 0));
        assertEquals(mask, c.mask(Layers.inference()));
        Case renewed = new Case(c.op, resampled(c.method), c.biasMasked);
        assertNotEquals(mask, renewed.mask(Layers.inference()));
        if (c.biasMasked) {
            assertNotEquals(
                    c.method.masks(c.op, c.params(), Layers.inference()).get(Params.BIAS),
                    renewed.method.masks(c.op, c.params(), Layers.inference()).get(Params.BIAS));
        }
        if (c.method.mask().ablation().kind() == Ablation.Kind.COMPLEMENT_SAMPLED) {
            assertEquals(0, Layers.count(mask.rsub(1).mul(subnetwork), both -> both != 0));
        }
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void aMajorityHasNoComplementOfItsSize(Case c) {
        Case most = new Case(c.op, withMost(c.method), c.biasMasked);
        Params p = Layers.params(most.method, c.op, true);
        for (String gate : List.of("gate", "biasGate", "mask", "biasMask")) {
            if (p.has(gate)) {
                p.get(gate).assign(1);
            }
        }
        if (c.method.mask().ablation().kind() == Ablation.Kind.COMPLEMENT_SAMPLED) {
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> most.method.masks(c.op, p, Layers.inference()));
            assertTrue(String.valueOf(error.getMessage()).startsWith("subnetwork of weight must be at most half"));
        } else {
            most.method.masks(c.op, p, Layers.inference());
        }
    }

    static Stream<Masking> sparse() {
        return Stream.of(Unit.WEIGHT, Unit.NEURON)
                .flatMap(unit -> Stream.of(true, false).map(bias -> new MaskOptions(unit, bias)))
                .flatMap(mask -> Stream.of(
                        new MagnitudePruning(0.93, MagnitudePruning.Ranking.MODULUS, mask),
                        GatedWeights.hardConcrete(0.5, mask).withFrozen(true),
                        new FixedMask(mask)));
    }

    /** Floats go by few weights where masks are so sparse, doubles by all. */
    @ParameterizedTest
    @MethodSource("sparse")
    void aSparseMaskOfFloatsTrainsLikeThatOfDoubles(Masking method) {
        Operator op = new Linear(60, 40);
        INDArray x = normal(1, 64, 60);
        INDArray dy = normal(2, 64, 40);
        Params floats = step(method, op, x, dy, DataType.FLOAT, true);
        Params doubles = step(method, op, x, dy, DataType.DOUBLE, false);
        assertEquals(doubles.names(), floats.names());
        floats.arrays()
                .forEach((name, got) ->
                        assertArrayEquals(Elements.read(doubles.get(name)), Elements.read(got), 1e-4, name));
    }

    /** Output, the input's gradient, and gradients of all parameters, which held something else before. */
    private static Params step(Masking method, Operator op, INDArray x, INDArray dy, DataType type, boolean byFew) {
        Params p = Layers.params(method, op, true, type);
        Map<String, INDArray> grads = new TreeMap<>();
        for (String name : p.names()) {
            INDArray array = p.get(name);
            if (List.of("gate", "biasGate", "mask", "biasMask").contains(name)) {
                double[] values = new double[(int) array.length()];
                Arrays.setAll(values, i -> i % 12 == 1 ? 0.8 : method instanceof FixedMask ? 0 : -0.6);
                array.assign(Elements.like(array, values));
            } else {
                array.assign(normal(name.length(), array.shape()));
            }
            grads.put(name, array.like().assign(7));
        }
        Pass pass = Layers.training();
        INDArray y = method.forward(op, x.castTo(type), p, pass);
        assertEquals(byFew, pass.product().isPresent());
        INDArray dx = method.backward(op, x.castTo(type), dy.castTo(type), p, new Params(grads), pass);
        return new Params(grads).with("y", y).with("dx", dx);
    }

    private static INDArray normal(int key, long... shape) {
        double[] drawn = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Noise.of(key).normal(drawn, 0);
        return Elements.write(drawn, DataType.DOUBLE, shape);
    }

    private static Masking resampled(Masking method) {
        return withMask(
                method, method.mask().withAblation(method.mask().ablation().resampled()));
    }

    private static Masking withMost(Masking method) {
        return method instanceof MagnitudePruning pruning
                ? new MagnitudePruning(0.1, pruning.ranking(), pruning.mask())
                : method;
    }

    private static Masking withMask(Masking method, MaskOptions mask) {
        if (method instanceof GatedWeights gated) {
            return gated.withMask(mask);
        }
        return method instanceof MagnitudePruning pruning
                ? new MagnitudePruning(pruning.fraction(), pruning.ranking(), mask)
                : new FixedMask(mask);
    }
}
