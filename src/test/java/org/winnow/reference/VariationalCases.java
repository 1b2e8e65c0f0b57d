package org.winnow.reference;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.Pass;
import org.winnow.sparsifier.Variational;

/** Variational dropout and relevance determination: the families {@code cplxmodule-real-*} and {@code -complex-*}. */
final class VariationalCases implements CaseRunner {
    private static final Pattern LAYER =
            Pattern.compile("(Cplx)?(?:Linear|Bilinear|Conv[123]d)(VD|VDApprox|VDScaleFree|VDBogus|ARD)");

    @Override
    public boolean runs(ReferenceCase reference) {
        return LAYER.matcher(reference.layer()).matches();
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
        Operator op = ReferenceOperator.of(reference);
        Variational variational = new Variational(divergence(reference.layer()));
        LayerCase layer = new LayerCase(
                reference,
                precision,
                comparison,
                op,
                variational,
                Map.of(Variational.LOG_SIGMA2, new LayerCase.Known("log_sigma2")));
        Pass pass = layer.pass(reference.training() ? Map.of("eps", noise(layer)) : Map.of());

        layer.compareOutputsAndGradients(pass, true);
        layer.comparePenalties();
        comparison.close("extra/log_alpha", variational.logAlpha(op, layer.params));
        layer.compareThresholds();
    }

    static Divergence divergence(String layer) {
        Matcher matcher = LAYER.matcher(layer);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a variational layer: " + layer);
        }
        boolean complex = matcher.group(1) != null;
        return switch (matcher.group(2)) {
            case "VD" -> complex ? Divergence.COMPLEX_VD : Divergence.REAL_VD;
            case "ARD" -> complex ? Divergence.COMPLEX_ARD : Divergence.REAL_ARD;
            case "VDApprox" -> Divergence.COMPLEX_VD_APPROX;
            case "VDScaleFree" -> Divergence.COMPLEX_VD_SCALE_FREE;
            default -> Divergence.COMPLEX_VD_BOGUS;
        };
    }

    /** The noise as it is drawn: that of complex cases is recorded after it was divided by sqrt 2. */
    private static INDArray noise(LayerCase layer) {
        INDArray recorded = layer.joined(layer.op.output(), "noise", "eps");
        return layer.op.output().complex() ? recorded.mul(Math.sqrt(2)) : recorded;
    }
}
