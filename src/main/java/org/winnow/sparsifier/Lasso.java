package org.winnow.sparsifier;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.operator.Operator;

/**
 * The penalty {@code |W|} on a plain layer (Tibshirani 1996, "Regression shrinkage and selection via the lasso"). Weights
 * of {@code log(|W| + 1e-20)} of at least the threshold are relevant.
 */
public record Lasso() implements Sparsifier {
    /** Added to moduli so that their logarithm is finite. */
    public static final double SMALLEST_MODULUS = 1e-20;

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
        return Params.of(Params.WEIGHT, moduli(op, p).values());
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        Moduli moduli = moduli(op, p);
        moduli.addGradient(moduli.values().like().assign(scale), grads);
    }

    @Override
    public Params relevance(Operator op, Params p, double threshold) {
        return Params.of(
                Params.WEIGHT,
                Elements.map(
                        moduli(op, p).values(), modulus -> Math.log(modulus + SMALLEST_MODULUS) >= threshold ? 1 : 0));
    }

    private static Moduli moduli(Operator op, Params p) {
        return Moduli.of(op, p.get(Params.WEIGHT));
    }
}
