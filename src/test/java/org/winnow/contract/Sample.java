package org.winnow.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.Features;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Sparsifier;

/** Random arrays that fit. */
final class Sample {
    private Sample() {}

    /** Standard normal times a scale. */
    static INDArray normal(Noise stream, double scale, DataType type, long... shape) {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        double[] values = new double[Math.toIntExact(length)];
        stream.normal(values, 0);
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return Elements.write(values, type, shape);
    }

    /** An input of a batch. */
    static INDArray input(Operator op, Noise stream, DataType type, int batch) {
        return normal(stream, 1, type, inputShape(op, batch));
    }

    /** A shape that the operator takes. */
    static long[] inputShape(Operator op, int batch) {
        if (op.input().axis() == Features.Axis.LAST) {
            return new long[] {batch, op.input().width()};
        }
        for (int dimensions = 1; ; dimensions++) {
            long[] shape = new long[dimensions + 2];
            for (int axis = 2; axis < shape.length; axis++) {
                shape[axis] = 7L - axis;
            }
            shape[0] = batch;
            shape[1] = op.input().width();
            if (op.weightShape().length - (op.input().complex() ? 1 : 0) == shape.length) {
                return shape;
            }
        }
    }

    /** Parameters as DL4J gives them: views of one vector, in column-major order. */
    static Params params(Sparsifier sparsifier, Operator op, boolean bias, Noise stream, DataType type) {
        long length = 0;
        for (ParamSpec spec : sparsifier.params(op, bias)) {
            length += spec.length();
        }
        INDArray flat = Nd4j.create(type, 1, length);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        long from = 0;
        for (ParamSpec spec : sparsifier.params(op, bias)) {
            INDArray view = flat.get(NDArrayIndex.point(0), NDArrayIndex.interval(from, from + spec.length()))
                    .reshape('f', spec.shape());
            view.assign(normal(stream.child(spec.name().hashCode()), 0.7, type, spec.shape()));
            arrays.put(spec.name(), view);
            from += spec.length();
        }
        return new Params(arrays);
    }

    /** Arrays of zeros for the gradients of what learns. */
    static Params zeros(Sparsifier sparsifier, Operator op, Params params) {
        Map<String, INDArray> zeros = new LinkedHashMap<>();
        for (ParamSpec spec : sparsifier.params(op, params.has(Params.BIAS))) {
            if (spec.trainable()) {
                INDArray pattern = params.get(spec.name());
                INDArray flat = Nd4j.zeros(pattern.dataType(), 1, spec.length() + 3);
                zeros.put(
                        spec.name(),
                        flat.get(NDArrayIndex.point(0), NDArrayIndex.interval(3, 3 + spec.length()))
                                .reshape('f', spec.shape()));
            }
        }
        return new Params(zeros);
    }

    /** The sum of products. */
    static double dot(INDArray a, INDArray b) {
        double[] left = Elements.read(a);
        double[] right = Elements.read(b);
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
