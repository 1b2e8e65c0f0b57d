package org.winnow.layer;

import org.winnow.activation.ComplexToReal;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;

/** Dense layers of complex numbers, and what is around them. */
public final class ComplexLayers {
    private ComplexLayers() {}

    /** A linear layer. */
    public static SparseLayer.Builder linear(int in, int out) {
        return layer(new Linear(in, out));
    }

    /** A convolution of a square kernel, without padding. */
    public static SparseLayer.Builder convolution(int in, int out, int kernel) {
        return layer(new Convolution(in, out, kernel, kernel));
    }

    /** Real numbers taken for the real parts of complex ones. */
    public static FunctionLayer fromReal(String name) {
        return named(FunctionLayer.realToComplex(), name);
    }

    /** The real parts of complex numbers. */
    public static FunctionLayer realParts(String name) {
        return named(FunctionLayer.complexToReal(ComplexToReal.Part.REAL), name);
    }

    private static SparseLayer.Builder layer(Operator onParts) {
        return new SparseLayer.Builder(new ComplexOperator(onParts), new Dense());
    }

    private static FunctionLayer named(FunctionLayer layer, String name) {
        layer.setLayerName(name);
        return layer;
    }
}
