package org.winnow.operator;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer computes before bias, noise or mask: {@code f(x; w)}, linear in its weight {@code w}. Arrays are float or
 * double, all of one type, in any order. Several inputs are one array, joined on their feature axis. Gradients are those
 * of a number L, by every real number of an array: those of a complex array are pairs of real partial derivatives.
 *
 * <p>A weight is one complex number or one real; decisions about weights (masks, variances) are arrays of
 * {@link #unitShape}, which stretches to {@link #weightShape} as NumPy does.
 */
public interface Operator extends Serializable {
    /** The features of x. */
    Features input();

    /** The features of f(x; w). */
    Features output();

    /** The shape of w; for complex weights the first axis, of size 2, holds real and imaginary parts. */
    long[] weightShape();

    /** The shape of one decision for each unit, of the weight's rank (a complex weight's without its first axis). */
    long[] unitShape(Unit unit);

    /**
     * The shape of f(x; w) for the shape of x.
     *
     * @throws IllegalArgumentException if there is no such x
     */
    long[] outputShape(long... inputShape);

    /** {@code f(x; w)}, a new array in row-major order. */
    INDArray apply(INDArray x, INDArray w);

    /** {@code dL/dx}, a new array in row-major order, from {@code dy = dL/df}. */
    INDArray inputGradient(INDArray x, INDArray w, INDArray dy);

    /** Adds {@code dL/dw} to an array of the weight's shape. */
    void addWeightGradient(INDArray x, INDArray dy, INDArray into);

    /** Sets an array of the weight's shape to {@code dL/dw}. */
    default void weightGradient(INDArray x, INDArray dy, INDArray into) {
        into.assign(0);
        addWeightGradient(x, dy, into);
    }

    /** The map of real numbers that squared moduli go through: {@code sum |w|^2 |x|^2}; this map itself if real. */
    Operator ofSquares();

    /**
     * From one value for each input number, {@code [numbers]}, to one for each weight: that of the input which the weight
     * multiplies, or the product of them if several.
     */
    INDArray weightsOfInputs(INDArray perInput);

    /** From one value for each output number, {@code [numbers]}, to one for each weight of that output. */
    default INDArray weightsOfOutputs(INDArray perOutput) {
        return perOutput.reshape('c', unitShape(Unit.NEURON)).broadcast(unitShape(Unit.WEIGHT));
    }

    /** How many numbers an output number is a sum of. */
    default long fanIn() {
        long weights = 1;
        for (long size : unitShape(Unit.WEIGHT)) {
            weights *= size;
        }
        return weights / output().numbers();
    }
}
