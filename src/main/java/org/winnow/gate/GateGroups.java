package org.winnow.gate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;

/** Which gate each element of an example goes through. Elements of one gate open and close together. */
public final class GateGroups implements Serializable {
    private static final long serialVersionUID = 1;

    private final int gates;
    private final boolean oneEach;
    private final long[] shape;
    private final int[] indices;

    private GateGroups(int gates, boolean oneEach, long[] shape, int[] indices) {
        this.gates = gates;
        this.oneEach = oneEach;
        this.shape = shape;
        this.indices = indices;
    }

    /** Gate {@code j} for element {@code j} of the flattened example, whatever the axes of the example. */
    public static GateGroups oneEach(int elements) {
        Check.atLeast(1, elements, "gates");
        return new GateGroups(
                elements,
                true,
                new long[] {elements},
                IntStream.range(0, elements).toArray());
    }

    /**
     * Gate {@code indices[e]} for element {@code e}.
     *
     * @param gates the number of gates; each has to be used by at least one element
     * @param shape the shape of the mask, without or with a batch axis of size 1. Aligned with the last axes of an
     *     example, axes of size 1 or absent ones stretch to its size
     * @param indices the mask in row-major order
     */
    public static GateGroups of(int gates, long[] shape, int... indices) {
        Check.atLeast(1, gates, "gates");
        String given = Arrays.toString(shape);
        Check.that(Arrays.stream(shape).allMatch(size -> size > 0), "mask shape", "of sizes above 0", given);
        long wanted = elements(shape, 0);
        Check.that(indices.length == wanted, "indices", wanted + " for a mask of shape " + given, indices.length);
        boolean[] used = new boolean[gates];
        for (int index : indices) {
            Check.that(index >= 0 && index < gates, "gate index", "in [0, " + (gates - 1) + "]", index);
            used[index] = true;
        }
        for (int gate = 0; gate < gates; gate++) {
            Check.that(
                    used[gate],
                    "gate indices",
                    "such that each of the " + gates + " gates has an element",
                    "none for gate " + gate);
        }
        return new GateGroups(gates, false, shape.clone(), indices.clone());
    }

    /** The number of gates. */
    public int gates() {
        return gates;
    }

    /** Whether element {@code j} of an example goes through gate {@code j}. */
    boolean isOneEach() {
        return oneEach;
    }

    /** From one number for each element of an example to their sums for each gate: {@code [gates]}. */
    INDArray sumOfElements(INDArray perElement, long... batch) {
        if (oneEach) {
            return perElement;
        }
        double[] sums = new double[gates];
        double[] numbers = Elements.read(perElement);
        int[] gateOf = ofElements(batch);
        for (int element = 0; element < gateOf.length; element++) {
            sums[gateOf[element]] += numbers[element];
        }
        return Elements.write(sums, perElement.dataType(), gates);
    }

    /**
     * The gate of every element of a flattened example.
     *
     * @param batch the shape of a batch, {@code [examples, axes of an example...]}
     * @throws IllegalArgumentException if there is no batch axis, or the examples do not fit
     */
    int[] ofElements(long... batch) {
        Check.that(batch.length >= 2, "input", "[batch, elements...]", "shape " + Arrays.toString(batch));
        if (oneEach) {
            Check.that(
                    elements(batch, 1) == gates,
                    "input",
                    "[batch, elements...] with " + gates + " elements an example, one for each gate",
                    "shape " + Arrays.toString(batch));
            return indices;
        }
        int extra = batch.length - shape.length;
        boolean fits = IntStream.range(0, shape.length)
                .allMatch(axis -> shape[axis] == 1 || (axis + extra >= 1 && shape[axis] == batch[axis + extra]));
        Check.that(
                fits,
                "input",
                "[batch, elements...] whose examples a gate mask of shape " + Arrays.toString(shape) + " fits",
                "shape " + Arrays.toString(batch));
        return elements(batch, 1) == indices.length ? indices : stretched(batch);
    }

    /** Walks the axes from the last to the first, repeating the mask where it has size 1. */
    private int[] stretched(long[] batch) {
        int[] gateOf = new int[Math.toIntExact(elements(batch, 1))];
        for (int element = 0; element < gateOf.length; element++) {
            long rest = element;
            long at = 0;
            long stride = 1;
            for (int axis = batch.length - 1; axis >= 1; axis--) {
                int own = axis - (batch.length - shape.length);
                if (own >= 0) {
                    at += shape[own] == 1 ? 0 : rest % batch[axis] * stride;
                    stride *= shape[own];
                }
                rest /= batch[axis];
            }
            gateOf[element] = indices[Math.toIntExact(at)];
        }
        return gateOf;
    }

    private static long elements(long[] shape, int fromAxis) {
        return Arrays.stream(shape).skip(fromAxis).reduce(1, Math::multiplyExact);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GateGroups that
                && oneEach == that.oneEach
                && gates == that.gates
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(indices, that.indices);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(indices);
    }

    @Override
    public String toString() {
        return oneEach
                ? "GateGroups[" + gates + " gates, one each]"
                : "GateGroups[" + gates + " gates, mask " + Arrays.toString(shape) + "]";
    }
}
