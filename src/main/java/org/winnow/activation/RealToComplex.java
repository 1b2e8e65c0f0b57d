package org.winnow.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
        return Nd4j.concat(axis.of(x.rank()), x, x.like());
    }

    @Override
    public INDArray gradient(INDArray x, INDArray dy) {
        return Features.complexOf(axis, dy.shape()).part(dy, 0, 0).dup('c');
    }
}
