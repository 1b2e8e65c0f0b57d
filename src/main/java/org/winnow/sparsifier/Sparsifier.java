package org.winnow.sparsifier;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Operator;

/**
 * A way of making a layer sparse, whatever the operator. Adding one means writing one file: a record with a constructor
 * without arguments for the defaults; the contract test finds it.
 *
 * <p>Parameters are named by {@link #params}; all are float, or all double. Gradients go to {@code grads}, which
 * has the arrays that learn and no others. Everything that changes while training is a function of the epoch. A pass
 * belongs to one forward call and the backward call after it.
 */
public interface Sparsifier extends Serializable {
    /**
     * What parameters a layer has, the operator's weight and the bias included.
     *
     * @param bias whether the layer has a bias
     * @throws IllegalArgumentException if this does not go with such an operator, or needs a bias
     */
    List<ParamSpec> params(Operator op, boolean bias);

    /** The output, bias included: a new array. */
    INDArray forward(Operator op, INDArray x, Params p, Pass pass);

    /**
     * {@code dL/dx} as a new array, or, if the pass needs none, possibly an empty one, from {@code dy = dL/dy}; sets all
     * gradients to {@code dL/dp}, penalty excluded, whatever they held before.
     */
    INDArray backward(Operator op, INDArray x, INDArray dy, Params p, Params grads, Pass pass);

    /**
     * What is to become small, element by element, by the name of what it is about: expected l0, divergence, |w|. Empty
     * if nothing is. The penalty of a layer is the sum or mean of all elements.
     */
    Params penalties(Operator op, Params p, int epoch);

    /** Adds {@code scale} times the gradient of the sum of all {@link #penalties}. */
    void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads);

    /**
     * The decision: 1 keeps, 0 drops, in the shape of {@link Operator#unitShape} for the weight, and {@code [output
     * numbers]} for the bias where this decides about biases.
     *
     * @param threshold in the terms of this sparsifier
     */
    Params relevance(Operator op, Params p, double threshold);

    /** The sum of all {@link #penalties}. */
    default double penalty(Operator op, Params p, int epoch) {
        double sum = 0;
        for (INDArray values : penalties(op, p, epoch).arrays().values()) {
            sum += values.sumNumber().doubleValue();
        }
        return sum;
    }

    /** {@link #addPenaltyGradient}, and {@link #penalty} as its value: in one pass where that is less work. */
    default double penaltyWithGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        addPenaltyGradient(op, p, epoch, scale, grads);
        return penalty(op, p, epoch);
    }
}
