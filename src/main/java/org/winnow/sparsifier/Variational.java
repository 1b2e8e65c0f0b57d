package org.winnow.sparsifier;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.gate.Drawn;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;
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
    private static final String SQUARES = "squares";
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
        INDArray sigma2 = pass.keep(VARIANCES, exp(p.get(LOG_SIGMA2)));
        INDArray variance = op.ofSquares().apply(pass.keep(SQUARES, squares(op, x)), sigma2);
        INDArray noise = pass.keep(NOISE, pass.draw(NOISE, NoiseKind.NORMAL, y.dataType(), y.shape()));
        pass.keep(DEVIATION_SLOPE, toDeviation(variance, op.output().complex() ? Math.sqrt(0.5) : 1));
        INDArray deviation = op.output().spread(variance);
        for (Strips at = Strips.over(y); at.next(); ) {
            at.write(y, at.read(deviation).fma(at.read(noise), at.read(y)));
        }
        return y;
    }

    /**
     * From variances to deviations, in place.
     *
     * @param share of the deviation for each part of a number
     * @return their slopes
     */
    private static INDArray toDeviation(INDArray variance, double share) {
        INDArray slope = Arena.like(variance);
        for (Strips at = Strips.over(variance); at.next(); ) {
            Strip above = at.read(variance).within(SMALLEST_VARIANCE, Double.POSITIVE_INFINITY);
            Strip deviation = at.read(variance).max(SMALLEST_VARIANCE).sqrt();
            at.write(slope, above.div(deviation).mul(share / 2));
            at.write(variance, deviation.mul(share));
        }
        return slope;
    }

    private static INDArray exp(INDArray logarithms) {
        INDArray all = Arena.like(logarithms);
        for (Strips at = Strips.over(all); at.next(); ) {
            at.write(all, at.read(logarithms).exp());
        }
        return all;
    }

    @Override
    public INDArray backward(Operator op, INDArray x, INDArray dy, Params p, Params grads, Pass pass) {
        INDArray dx = Affine.backward(op, x, dy, p, grads, pass);
        if (!pass.training()) {
            grads.clear(LOG_SIGMA2);
            return dx;
        }
        INDArray sigma2 = pass.kept(VARIANCES);
        INDArray dVariance = byVariance(op, dy, pass);
        if (grads.has(LOG_SIGMA2)) {
            INDArray gradient = grads.get(LOG_SIGMA2);
            op.ofSquares().weightGradient(pass.kept(SQUARES), dVariance, gradient);
            for (Strips at = Strips.over(gradient); at.next(); ) {
                at.write(gradient, at.read(gradient).mul(at.read(sigma2)));
            }
        }
        if (!pass.inputGradientNeeded()) {
            return dx;
        }
        INDArray dSquares = op.input().spread(op.ofSquares().inputGradient(pass.kept(SQUARES), sigma2, dVariance));
        for (Strips at = Strips.over(dx); at.next(); ) {
            at.write(dx, at.read(dSquares).mul(2).fma(at.read(x), at.read(dx)));
        }
        return dx;
    }

    /** {@code dL/dvariance} of each number. */
    private static INDArray byVariance(Operator op, INDArray dy, Pass pass) {
        INDArray byDeviation = Strips.product(dy, pass.kept(NOISE));
        return Strips.product(op.output().fold(byDeviation), pass.kept(DEVIATION_SLOPE));
    }

    @Override
    public Params penalties(Operator op, Params p, int epoch) {
        INDArray logSigma2 = p.get(LOG_SIGMA2);
        List<INDArray> parts = Moduli.parts(op, p.get(Params.WEIGHT));
        INDArray penalties = Arena.like(logSigma2);
        for (Strips at = Strips.over(penalties); at.next(); ) {
            Strip shifted = Moduli.of(at, parts).add(SMALLEST_MODULUS);
            Strip ofVariance = at.read(logSigma2);
            Strip logAlpha = shifted.log().fma(-2, ofVariance);
            at.write(penalties, divergence.value(at, logAlpha, ofVariance).value());
        }
        return Params.of(Params.WEIGHT, penalties);
    }

    @Override
    public double penalty(Operator op, Params p, int epoch) {
        return penaltyWithGradient(op, p, epoch, 0, Params.none());
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        penaltyWithGradient(op, p, epoch, scale, grads);
    }

    @Override
    public double penaltyWithGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        INDArray logSigma2 = p.get(LOG_SIGMA2);
        List<INDArray> parts = Moduli.parts(op, p.get(Params.WEIGHT));
        List<INDArray> gradients = grads.has(Params.WEIGHT) ? Moduli.parts(op, grads.get(Params.WEIGHT)) : List.of();
        double sum = 0;
        for (Strips at = Strips.over(logSigma2); at.next(); ) {
            Strip modulus = Moduli.of(at, parts);
            Strip shifted = at.copy(modulus).add(SMALLEST_MODULUS);
            Strip ofVariance = at.read(logSigma2);
            Strip logAlpha = at.copy(shifted).log().fma(-2, ofVariance);
            Drawn penalty = divergence.value(at, logAlpha, ofVariance);
            sum += at.sum(penalty.value());
            if (grads.names().isEmpty()) {
                continue;
            }
            Strip slope = penalty.slope().mul(scale);
            if (grads.has(LOG_SIGMA2)) {
                at.add(grads.get(LOG_SIGMA2), divergence.isOfLogAlpha() ? slope : byVariance(at, slope, scale));
            }
            Moduli.addGradient(at, parts, modulus, slope.mul(-2), shifted, gradients);
        }
        return sum;
    }

    private Strip byVariance(Strips at, Strip slope, double scale) {
        return at.copy(slope).add(scale * divergence.logSigma2Slope());
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
        return op.input().fold(Strips.product(x, x));
    }
}
