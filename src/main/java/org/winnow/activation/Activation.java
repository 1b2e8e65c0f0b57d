package org.winnow.activation;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A function of the features of an array, without parameters. */
public interface Activation extends Serializable {
    /** The shape of {@code apply(x)} for the shape of x. */
    long[] outputShape(long... inputShape);

    /** {@code y(x)}, a new array. */
    INDArray apply(INDArray x);

    /** {@code dL/dx}, a new array, from {@code dy = dL/dy}. */
    INDArray gradient(INDArray x, INDArray dy);
}
