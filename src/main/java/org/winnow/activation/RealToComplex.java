package org.winnow.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Features;

/**
 * Complex numbers out of their real parts, the imaginary ones being 0.
 *
 * @param axis of the features, which doubles
 */
public record RealToComplex(Features.Axis axis) implements Activation {
    @Override
    public long[] outputShape(long... inputShape) {
        long[] shape = inputShape.clone();
        shape[axis.of(shape.length)] *= 2;
        return shape;
    }

    @Override
    public INDArray apply(INDArray x) {
        return Features.complexOf(axis, outputShape(x.shape())).ofReal(x);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray dy) {
        return Features.complexOf(axis, dy.shape()).realParts(dy);
    }
}
