package org.winnow.sparsifier;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Operator;

/** {@code f(x; W) + b}: what a layer is before it is made sparse. */
final class Affine {
    private Affine() {}

    /** Weight and bias, uniform in {@code +-1/sqrt(fan in)}; then others. */
    static List<ParamSpec> params(Operator op, boolean bias, ParamSpec... others) {
        Initial initial = Initial.uniform(1 / Math.sqrt((double) op.fanIn()));
        List<ParamSpec> specs = new ArrayList<>();
        specs.add(new ParamSpec(Params.WEIGHT, ParamSpec.Kind.WEIGHT, true, initial, op.weightShape()));
        if (bias) {
            specs.add(new ParamSpec(
                    Params.BIAS, ParamSpec.Kind.BIAS, true, initial, op.output().width()));
        }
        specs.addAll(List.of(others));
        return List.copyOf(specs);
    }

    static INDArray forward(Operator op, INDArray x, Params p) {
        return addBias(op, op.apply(x, p.get(Params.WEIGHT)), p);
    }

    static INDArray addBias(Operator op, INDArray y, Params p) {
        return p.has(Params.BIAS) ? op.output().addBias(y, p.get(Params.BIAS)) : y;
    }

    static INDArray backward(Operator op, INDArray x, INDArray dy, Params p, Params grads, Pass pass) {
        weightGradient(op, x, dy, grads);
        biasGradient(op, dy, grads);
        return pass.inputGradient(op, x, p.get(Params.WEIGHT), dy);
    }

    static void weightGradient(Operator op, INDArray x, INDArray dy, Params grads) {
        if (grads.has(Params.WEIGHT)) {
            op.weightGradient(x, dy, grads.get(Params.WEIGHT));
        }
    }

    static void biasGradient(Operator op, INDArray dy, Params grads) {
        if (grads.has(Params.BIAS)) {
            grads.set(Params.BIAS, op.output().sumOfOthers(dy));
        }
    }
}
