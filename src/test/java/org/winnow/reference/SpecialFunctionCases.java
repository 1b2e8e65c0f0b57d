package org.winnow.reference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.winnow.gate.BinaryConcrete;
import org.winnow.kernel.ExponentialIntegral;
import org.winnow.kernel.Logistic;
import org.winnow.kernel.Normal;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Variational;

/** Functions of one variable and their slopes: the family {@code special-functions}. */
final class SpecialFunctionCases implements CaseRunner {
    /** For larger arguments the reference takes the identity for softplus, off by at most the number below. */
    private static final double SOFTPLUS_IDENTITY_ABOVE = 20;

    private static final double SOFTPLUS_IDENTITY_ERROR = 2.1e-9;
    private static final double EI_RELATIVE = 1e-12;
    private static final double EI_SMALLEST = 1e-300;

    private record Curve(DoubleUnaryOperator value, DoubleUnaryOperator slope) {}

    private static final GatedWeights HARD_CONCRETE = GatedWeights.hardConcrete(0, new MaskOptions());
    private static final BinaryConcrete U_RANGE = (BinaryConcrete) HARD_CONCRETE.gates();

    private static final Map<String, Double> CONSTANTS = Map.ofEntries(
            Map.entry("euler_gamma", ExponentialIntegral.EULER_GAMMA),
            Map.entry("weight_guard", Variational.SMALLEST_MODULUS),
            Map.entry("lasso_guard", Lasso.SMALLEST_MODULUS),
            Map.entry("variance_floor", Variational.SMALLEST_VARIANCE),
            Map.entry("initial_log_sigma2", new Variational().initialLogSigma2()),
            Map.entry("l0_beta", GatedWeights.L0_GATES.temperature()),
            Map.entry("l0_gamma", GatedWeights.L0_GATES.lower()),
            Map.entry("l0_zeta", GatedWeights.L0_GATES.upper()),
            Map.entry("l0_initial_log_alpha", -GatedWeights.L0_INITIAL),
            Map.entry("hardconcrete_u_min", U_RANGE.eps()),
            Map.entry("hardconcrete_u_max", 1 - U_RANGE.eps()),
            Map.entry("hardconcrete_init_percentage_min", GatedWeights.SURE),
            Map.entry("hardconcrete_init_percentage_max", 1 - GatedWeights.SURE));

    private static final Map<String, Divergence> PENALTIES = Map.of(
            "real_vd_penalty", Divergence.REAL_VD,
            "real_ard_penalty", Divergence.REAL_ARD,
            "cplx_vd_penalty", Divergence.COMPLEX_VD,
            "cplx_vd_approx_penalty", Divergence.COMPLEX_VD_APPROX,
            "cplx_vd_bogus_penalty", Divergence.COMPLEX_VD_BOGUS,
            "cplx_ard_penalty", Divergence.COMPLEX_ARD,
            "cplx_vd_scalefree_penalty", Divergence.COMPLEX_VD_SCALE_FREE);

    private static final Map<String, Curve> CURVES = new HashMap<>(Map.of(
            "expi", new Curve(ExponentialIntegral::ei, ExponentialIntegral::slope),
            "softplus", new Curve(Logistic::softplus, Logistic::sigmoid),
            "sigmoid", new Curve(Logistic::sigmoid, Logistic::sigmoidSlope),
            "erf", new Curve(Normal::erf, Normal::erfSlope),
            "normal_cdf", new Curve(Normal::cdf, Normal::density)));

    static {
        PENALTIES.forEach((name, divergence) -> CURVES.put(name, curve(divergence)));
    }

    /** By logAlpha; scale-free, whose argument is logSigma2 at modulus 1, where both are the same. */
    private static Curve curve(Divergence divergence) {
        return new Curve(la -> divergence.value(la, la), la -> divergence.slope(la) + divergence.logSigma2Slope());
    }

    @Override
    public boolean runs(ReferenceCase reference) {
        return CURVES.containsKey(reference.layer()) || reference.layer().equals("constants");
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
        if (reference.layer().equals("constants")) {
            CONSTANTS.forEach((name, value) -> comparison.exact("extra/" + name, value));
            return;
        }
        Curve curve = Objects.requireNonNull(CURVES.get(reference.layer()));
        double[] exact = reference.tensor("inputs", "x").data(Precision.FLOAT64);
        double[] x = reference.tensor("inputs", "x").data(precision);
        double[] y = reference.tensor("outputs", "y").data(Precision.FLOAT64);
        double[] slope = reference.tensor("grads", "x").data(Precision.FLOAT64);
        double[] cotangent = reference.tensor("cotangent").data(precision);
        double[] gotSlope = Arrays.stream(x).map(curve.slope()).toArray();
        Arrays.setAll(gotSlope, i -> precision.round(gotSlope[i] * cotangent[i]));
        double[] gotY =
                Arrays.stream(x).map(curve.value()).map(precision::round).toArray();
        comparison.within("outputs/y", gotY, i -> allowed(reference.layer(), precision, exact[i], y[i]));
        comparison.within("grads/x", gotSlope, i -> allowed(reference.layer(), precision, exact[i], slope[i]));
    }

    private static double allowed(String layer, Precision precision, double x, double want) {
        if (!precision.holds(x) || !precision.holds(want)) {
            return Double.POSITIVE_INFINITY;
        }
        if (layer.equals("expi") && precision == Precision.FLOAT64 && Math.abs(want) > EI_SMALLEST) {
            return Math.min(precision.allowed(want), EI_RELATIVE * Math.abs(want));
        }
        boolean identity = layer.equals("softplus") && x > SOFTPLUS_IDENTITY_ABOVE;
        return precision.allowed(want) + (identity ? SOFTPLUS_IDENTITY_ERROR : 0);
    }
}
