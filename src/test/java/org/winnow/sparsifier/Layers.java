package org.winnow.sparsifier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.operator.TransposedLinear;

/** Layers with first values, for tests. */
final class Layers {
    /** The operators that mask layers are tried on. */
    static final List<Operator> OPERATORS = List.of(
            new Linear(10, 20), new TransposedLinear(10, 20), new Convolution(1, 20, 3), new Convolution(1, 20, 3, 3));

    private static final Noise NOISE = Noise.of(5);

    private Layers() {}

    static Params params(Sparsifier sparsifier, Operator op, boolean bias) {
        return params(sparsifier, op, bias, DataType.DOUBLE);
    }

    static Params params(Sparsifier sparsifier, Operator op, boolean bias, DataType type) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (ParamSpec spec : sparsifier.params(op, bias)) {
            INDArray array = Nd4j.create(type, spec.shape());
            spec.initialize(array, NOISE);
            arrays.put(spec.name(), array);
        }
        return new Params(arrays);
    }

    static INDArray input(Operator op) {
        long[] shape = op instanceof Convolution convolution
                ? convolution.windows().size() == 1 ? new long[] {4, 1, 6} : new long[] {4, 1, 5, 6}
                : new long[] {4, 10};
        double[] values = new double[(int) Nd4j.ones(shape).length()];
        NOISE.child(1).normal(values, 0);
        return Elements.write(values, DataType.DOUBLE, shape);
    }

    static INDArray forward(Sparsifier sparsifier, Operator op, Params p, Pass pass) {
        return sparsifier.forward(op, input(op), p, pass);
    }

    static Pass training() {
        return Pass.training(0, Draws.of(NOISE.child(2)));
    }

    static Pass inference() {
        return Pass.inference(0, Draws.of(NOISE.child(3)));
    }

    /** The output of the plain layer with the same weights. */
    static INDArray dense(Operator op, Params p) {
        return forward(new Dense(), op, p, inference());
    }

    /** How many elements are so. */
    static long count(INDArray array, java.util.function.DoublePredicate predicate) {
        return java.util.Arrays.stream(Elements.read(array)).filter(predicate).count();
    }
}
