package org.winnow.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@code max(x, 0)}, of real and imaginary parts each by itself; flat at 0. */
public record SplitRelu() implements Activation {
    @Override
    public long[] outputShape(long... inputShape) {
        return inputShape.clone();
    }

    @Override
    public INDArray apply(INDArray x) {
        return Transforms.max(x, 0, true);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray dy) {
        return x.gt(0).castTo(dy.dataType()).muli(dy);
    }
}
