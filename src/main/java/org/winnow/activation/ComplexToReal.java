package org.winnow.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.operator.Features;

/**
 * A real number of each complex one.
 *
 * @param axis of the features, which halves
 * @param part which number
 */
public record ComplexToReal(Features.Axis axis, Part part) implements Activation {
    /** A real number of a complex one. */
    public enum Part {
        /** The real part. */
        REAL,
        /** The modulus; its slope at 0 is taken for 0. */
        MODULUS
    }

    @Override
    public long[] outputShape(long... inputShape) {
        long[] shape = inputShape.clone();
        shape[axis.of(shape.length)] = Features.complexOf(axis, inputShape).numbers();
        return shape;
    }

    @Override
    public INDArray apply(INDArray x) {
        Features features = Features.complexOf(axis, x.shape());
        return part == Part.REAL ? features.realParts(x) : features.modulus(x);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray dy) {
        Features features = Features.complexOf(axis, x.shape());
        if (part == Part.REAL) {
            return features.ofReal(dy);
        }
        INDArray perModulus = Elements.map(dy, features.modulus(x), (d, modulus) -> modulus == 0 ? 0 : d / modulus);
        return features.spread(perModulus).mul(x);
    }
}
