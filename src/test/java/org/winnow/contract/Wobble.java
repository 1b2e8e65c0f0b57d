package org.winnow.contract;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.gate.NoiseKind;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Initial;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Pass;
import org.winnow.sparsifier.Sparsifier;

/**
 * A made-up method, to show that one file is enough: all weights are multiplied by {@code 1 + scale * noise} with one
 * normal noise for the batch; the penalty is {@code scale^2}; all weights are relevant while the scale is below the
 * threshold.
 */
public record Wobble() implements Sparsifier {
    @Override
    public List<ParamSpec> params(Operator op, boolean bias) {
        ParamSpec weight =
                new ParamSpec(Params.WEIGHT, ParamSpec.Kind.WEIGHT, true, Initial.uniform(0.5), op.weightShape());
        ParamSpec offset = new ParamSpec(
                Params.BIAS,
                ParamSpec.Kind.BIAS,
                true,
                Initial.constant(0),
                op.output().width());
        ParamSpec scale = new ParamSpec("scale", ParamSpec.Kind.SPARSIFIER, true, Initial.constant(0.1), 1);
        return bias ? List.of(weight, offset, scale) : List.of(weight, scale);
    }

    @Override
    public INDArray forward(Operator op, INDArray x, Params p, Pass pass) {
        INDArray y = pass.keep("product", op.apply(x, p.get(Params.WEIGHT))).mul(factor(p, pass, true));
        return p.has(Params.BIAS) ? op.output().addBias(y, p.get(Params.BIAS)) : y;
    }

    @Override
    public INDArray backward(Operator op, INDArray x, INDArray dy, Params p, Params grads, Pass pass) {
        INDArray dProduct = dy.mul(factor(p, pass, false));
        if (grads.has(Params.WEIGHT)) {
            op.weightGradient(x, dProduct, grads.get(Params.WEIGHT));
        }
        grads.set(Params.BIAS, op.output().sumOfOthers(dy));
        if (pass.training()) {
            double sum = dy.mul(pass.kept("product")).sumNumber().doubleValue();
            grads.set("scale", pass.kept("noise").mul(sum));
        } else {
            grads.clear("scale");
        }
        return op.inputGradient(x, p.get(Params.WEIGHT), dProduct);
    }

    @Override
    public Params penalties(Operator op, Params p, int epoch) {
        return Params.of("scale", p.get("scale").mul(p.get("scale")));
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        grads.add("scale", p.get("scale").mul(2 * scale));
    }

    @Override
    public Params relevance(Operator op, Params p, double threshold) {
        double kept = Math.abs(scale(p)) < threshold ? 1 : 0;
        return Params.of(
                Params.WEIGHT,
                Nd4j.valueArrayOf(
                        op.unitShape(Unit.WEIGHT), kept, p.get(Params.WEIGHT).dataType()));
    }

    private static double factor(Params p, Pass pass, boolean first) {
        if (!pass.training()) {
            return 1;
        }
        if (first) {
            pass.keep(
                    "noise",
                    pass.draw("wobble", NoiseKind.NORMAL, p.get("scale").dataType(), 1));
        }
        return 1 + scale(p) * pass.kept("noise").getDouble(0);
    }

    private static double scale(Params p) {
        return p.get("scale").getDouble(0);
    }
}
