package org.winnow.reference;

import java.util.Map;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Params;

/** Layers with a given mask: the families {@code cplxmodule-masked-*}. */
final class MaskedCases implements CaseRunner {
    private static final Pattern LAYER = Pattern.compile("(Cplx)?(Linear|Bilinear|Conv[123]d)Masked");

    @Override
    public boolean runs(ReferenceCase reference) {
        return LAYER.matcher(reference.layer()).matches();
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
        if (reference.quirk().contains("ignores conjugate=False")) {
            throw new SkippedCase("conjugate is honoured in masked layers too, by decision");
        }
        Operator op = ReferenceOperator.of(reference);
        FixedMask sparsifier = new FixedMask();
        LayerCase layer = new LayerCase(reference, precision, comparison, op, sparsifier, Map.of());
        INDArray mask = layer.params.get(FixedMask.MASK);
        FixedMask.set(mask, reference.tensor("mask_given").array(precision));

        comparison.close("buffers/mask", mask);
        layer.compareOutputsAndGradients(layer.pass(Map.of()), false);
        String masked = "extra/weight_masked";
        layer.compareParts(masked, sparsifier.maskedWeight(op, layer.params));
        Params hard = sparsifier.relevance(op, layer.params, 0);
        layer.compareSparsity(hard, "extra/sparsity_hard", "extra/named_sparsity_hard");
        Params soft = sparsifier.gateValues(op, layer.params);
        layer.compareSparsity(soft, "extra/sparsity_soft", "extra/named_sparsity_soft");
    }
}
