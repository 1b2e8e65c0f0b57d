package org.winnow.sparsifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Noise;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;

class FixedMaskTest {
    private final Operator op = new Linear(10, 20);
    private final FixedMask layer = new FixedMask();
    private final Params p = Layers.params(layer, op, true);

    @Test
    void refusesToRunWithoutAMask() {
        for (Pass pass : new Pass[] {Layers.training(), Layers.inference()}) {
            IllegalStateException error =
                    assertThrows(IllegalStateException.class, () -> Layers.forward(layer, op, p, pass));
            assertEquals("the layer has no mask for its weight; set one first", error.getMessage());
        }
        assertThrows(IllegalStateException.class, () -> layer.maskedWeight(op, p));
        assertThrows(IllegalStateException.class, () -> layer.relevance(op, p, 0));
    }

    @Test
    void takesAnyMaskThatStretches() {
        INDArray mask = p.get(FixedMask.MASK);
        for (long[] shape : new long[][] {{1}, {1, 1}, {20, 1}, {1, 10}, {20, 10}, {10}, {}}) {
            INDArray given = Nd4j.rand(DataType.DOUBLE, shape);
            FixedMask.set(mask, given);
            assertTrue(FixedMask.isSet(mask));
            assertEquals(p.get(Params.WEIGHT).mul(given), layer.maskedWeight(op, p));
            Layers.forward(layer, op, p, Layers.inference());
        }
    }

    @Test
    void refusesAMaskThatDoesNotStretch() {
        INDArray mask = p.get(FixedMask.MASK);
        INDArray wrong = Nd4j.ones(DataType.DOUBLE, 10, 20);
        assertThrows(IllegalArgumentException.class, () -> FixedMask.set(mask, wrong));
        assertFalse(FixedMask.isSet(mask));
        FixedMask.set(mask, Nd4j.ones(DataType.DOUBLE, 20, 10));
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> FixedMask.set(mask, wrong));
        assertEquals("mask must be of a shape that stretches to [20, 10], got shape [10, 20]", error.getMessage());
        assertEquals(200, mask.sumNumber().intValue());
    }

    @Test
    void refusesAgainWhenTheMaskIsRemoved() {
        INDArray mask = p.get(FixedMask.MASK);
        FixedMask.set(mask, Nd4j.ones(DataType.DOUBLE, 1));
        Layers.forward(layer, op, p, Layers.inference());
        FixedMask.clear(mask);
        refusesToRunWithoutAMask();
    }

    @Test
    void theMaskDoesNotLearn() {
        assertTrue(layer.params(op, true).stream()
                .filter(spec -> spec.name().equals(FixedMask.MASK))
                .noneMatch(ParamSpec::trainable));
    }

    @Test
    void initialisationIsAFunctionOfTheStream() {
        ParamSpec weight = layer.params(op, true).get(0);
        INDArray array = Nd4j.create(DataType.DOUBLE, 20, 10);
        weight.initialize(array, Noise.of(5));
        assertEquals(p.get(Params.WEIGHT), array);
        INDArray columns = Nd4j.create(DataType.DOUBLE, new long[] {20, 10}, 'f');
        weight.initialize(columns, Noise.of(5));
        assertEquals(array, columns);
    }
}
