package org.winnow.reference;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.winnow.kernel.ExponentialIntegral;
import org.winnow.kernel.Logistic;
import org.winnow.kernel.Normal;

/** Functions of one variable and their slopes: the family {@code special-functions}. */
final class SpecialFunctionCases implements CaseRunner {
    /** For larger arguments the reference takes the identity for softplus, off by at most the number below. */
    private static final double SOFTPLUS_IDENTITY_ABOVE = 20;

    private static final double SOFTPLUS_IDENTITY_ERROR = 2.1e-9;
    private static final double EI_RELATIVE = 1e-12;
    private static final double EI_SMALLEST = 1e-300;

    private record Curve(DoubleUnaryOperator value, DoubleUnaryOperator slope) {}

    private static final Map<String, Curve> CURVES = Map.of(
            "expi", new Curve(ExponentialIntegral::ei, ExponentialIntegral::slope),
            "softplus", new Curve(Logistic::softplus, Logistic::sigmoid),
            "sigmoid", new Curve(Logistic::sigmoid, Logistic::sigmoidSlope),
            "erf", new Curve(Normal::erf, Normal::erfSlope),
            "normal_cdf", new Curve(Normal::cdf, Normal::density));

    @Override
    public boolean runs(ReferenceCase reference) {
        return CURVES.containsKey(reference.layer());
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
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
        comparison.within("outputs.y", gotY, i -> allowed(reference.layer(), precision, exact[i], y[i]));
        comparison.within("grads.x", gotSlope, i -> allowed(reference.layer(), precision, exact[i], slope[i]));
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
