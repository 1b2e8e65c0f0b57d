package org.winnow.sparsifier;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/** No sparsity: {@code f(x; W) + b}, every weight is relevant. */
public record Dense() implements Sparsifier {
    @Override
    public List<ParamSpec> params(Operator op, boolean bias) {
        return Affine.params(op, bias);
    }

    @Override
    public INDArray forward(Operator op, INDArray x, Params p, Pass pass) {
        return Affine.forward(op, x, p);
    }

    @Override
    public INDArray backward(Operator op, INDArray x, INDArray dy, Params p, Params grads, Pass pass) {
        return Affine.backward(op, x, dy, p, grads, pass);
    }

    @Override
    public Params penalties(Operator op, Params p, int epoch) {
        return Params.none();
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        // There is no penalty.
    }

    @Override
    public Params relevance(Operator op, Params p, double threshold) {
        return Params.of(Params.WEIGHT, Nd4j.ones(p.get(Params.WEIGHT).dataType(), op.unitShape(Unit.WEIGHT)));
    }
}
