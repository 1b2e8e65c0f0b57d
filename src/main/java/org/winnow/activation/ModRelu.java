package org.winnow.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;
import org.winnow.operator.Features;

/**
 * Shrinks complex numbers towards 0 and keeps their direction, {@code z max(1 - threshold / |z|, 0)} (Arjovsky, Shah,
 * Bengio 2016, arXiv:1511.06464); 0 at 0.
 *
 * @param axis of the features, a real and an imaginary half
 * @param threshold what moduli lose, at least 0
 */
public record ModRelu(Features.Axis axis, double threshold) implements Activation {
    public ModRelu {
        Check.notNegative(threshold, "threshold");
    }

    @Override
    public long[] outputShape(long... inputShape) {
        Features.complexOf(axis, inputShape);
        return inputShape.clone();
    }

    @Override
    public INDArray apply(INDArray x) {
        Features features = Features.complexOf(axis, x.shape());
        INDArray scale = Elements.map(features.modulus(x), r -> r > threshold ? 1 - threshold / r : 0);
        return features.spread(scale).mul(x);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray dy) {
        Features features = Features.complexOf(axis, x.shape());
        INDArray modulus = features.modulus(x);
        INDArray scale = Elements.map(modulus, r -> r > threshold ? 1 - threshold / r : 0);
        INDArray scaleSlope = Elements.map(modulus, r -> r > threshold ? threshold / (r * r * r) : 0);
        INDArray along = features.fold(dy.mul(x)).muli(scaleSlope);
        return features.spread(scale).mul(dy).addi(features.spread(along).mul(x));
    }
}
