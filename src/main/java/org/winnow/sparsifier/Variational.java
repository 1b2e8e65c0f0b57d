package org.winnow.sparsifier;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.winnow.check.Check;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Elements;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/**
 * Variational dropout and relevance determination: every weight has a Gaussian posterior of mean {@code W} and variance
 * {@code exp(logSigma2)}. Trained by local reparameterisation (Kingma, Salimans, Welling 2015, arXiv:1506.02557), with one
 * noise number for each output instead of one for each weight,
 *
 * <pre>{@code
 * y = f(x; W) + b + eps sqrt(max(f(|x|^2; exp(logSigma2)), 1e-8))
 * logAlpha = logSigma2 - 2 log(|W| + 1e-12)
 * }</pre>
 *
 * where eps is standard normal, for complex y circular with {@code E|eps|^2 = 1}. Weights of a logAlpha up to the
 * threshold are relevant.
 *
 * @param divergence the penalty of each weight
 * @param initialLogSigma2 where variances start
 */
public record Variational(Divergence divergence, double initialLogSigma2) implements Sparsifier {
    /** The parameter of the variances, in the shape of the (moduli of the) weights. */
    public static final String LOG_SIGMA2 = "logSigma2";

    /** No output has less variance while training. */
    public static final double SMALLEST_VARIANCE = 1e-8;
    /** Added to moduli so that their logarithm is finite. */
    public static final double SMALLEST_MODULUS = 1e-12;

    private static final String NOISE = "eps";
    private static final String VARIANCES = "sigma2";
    private static final String DEVIATION_SLOPE = "deviationSlope";

    public Variational {
        Check.that(Double.isFinite(initialLogSigma2), "initialLogSigma2", "finite", initialLogSigma2);
    }

    /** Variances start at e^-10. */
    public Variational(Divergence divergence) {
        this(divergence, -10);
    }

    /** Real automatic relevance determination. */
    public Variational() {
        this(Divergence.REAL_ARD);
    }

    @Override
    public List<ParamSpec> params(Operator op, boolean bias) {
        Check.that(
                divergence.complex() == op.output().complex(),
                "operator",
                (divergence.complex() ? "complex" : "real") + " for " + divergence,
                op);
        Initial initial = Initial.constant(initialLogSigma2);
        return Affine.params(
                op,
                bias,
                new ParamSpec(LOG_SIGMA2, ParamSpec.Kind.SPARSIFIER, true, initial, op.unitShape(Unit.WEIGHT)));
    }

    @Override
    public INDArray forward(Operator op, INDArray x, Params p, Pass pass) {
        INDArray y = Affine.forward(op, x, p);
        if (!pass.training()) {
            return y;
        }
        INDArray sigma2 = pass.keep(VARIANCES, Transforms.exp(p.get(LOG_SIGMA2)));
        INDArray variance = op.ofSquares().apply(squares(op, x), sigma2);
        INDArray above = variance.gte(SMALLEST_VARIANCE).castTo(y.dataType());
        INDArray deviation = Transforms.sqrt(Transforms.max(variance, SMALLEST_VARIANCE, false), false);
        INDArray noise = pass.draw(NOISE, NoiseKind.NORMAL, y.dataType(), y.shape());
        pass.keep(NOISE, op.output().complex() ? noise.mul(Math.sqrt(0.5)) : noise);
        pass.keep(DEVIATION_SLOPE, above.divi(deviation).muli(0.5));
        return y.addi(op.output().spread(deviation).mul(pass.kept(NOISE)));
    }

    @Override
    public INDArray backward(Operator op, INDArray x, INDArray dy, Params p, Params grads, Pass pass) {
        INDArray dx = Affine.backward(op, x, dy, p, grads, pass);
        if (!pass.training()) {
            return dx;
        }
        INDArray sigma2 = pass.kept(VARIANCES);
        INDArray dVariance = op.output().fold(dy.mul(pass.kept(NOISE))).mul(pass.kept(DEVIATION_SLOPE));
        INDArray dSigma2 = sigma2.like();
        op.ofSquares().addWeightGradient(squares(op, x), dVariance, dSigma2);
        grads.add(LOG_SIGMA2, dSigma2.muli(sigma2));
        if (!pass.inputGradientNeeded()) {
            return dx;
        }
        INDArray dSquares = op.ofSquares().inputGradient(squares(op, x), sigma2, dVariance);
        return dx.addi(op.input().spread(dSquares).mul(x).muli(2));
    }

    @Override
    public Params penalties(Operator op, Params p, int epoch) {
        return Params.of(Params.WEIGHT, Elements.map(logAlpha(op, p), p.get(LOG_SIGMA2), divergence::value));
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        INDArray slope = Elements.map(logAlpha(op, p), la -> scale * divergence.slope(la));
        grads.add(LOG_SIGMA2, slope.add(scale * divergence.logSigma2Slope()));
        Moduli moduli = Moduli.of(op, p.get(Params.WEIGHT));
        INDArray byModulus =
                Elements.map(slope, moduli.values(), (s, modulus) -> -2 * s / (modulus + SMALLEST_MODULUS));
        moduli.addGradient(byModulus, grads);
    }

    @Override
    public Params relevance(Operator op, Params p, double threshold) {
        return Params.of(Params.WEIGHT, Elements.map(logAlpha(op, p), la -> la <= threshold ? 1 : 0));
    }

    /** The dropout rate alpha of each weight, as a logarithm: high = irrelevant. */
    public INDArray logAlpha(Operator op, Params p) {
        return Elements.map(
                p.get(LOG_SIGMA2),
                Moduli.of(op, p.get(Params.WEIGHT)).values(),
                (logSigma2, modulus) -> logSigma2 - 2 * Math.log(modulus + SMALLEST_MODULUS));
    }

    private static INDArray squares(Operator op, INDArray x) {
        return op.input().fold(x.mul(x));
    }
}
