package org.winnow.reference;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.gate.BinaryConcrete;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Annealing;
import org.winnow.sparsifier.Gated;
import org.winnow.sparsifier.GatedActivations;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Params;

/** L0 regularisation and LASSO on linear layers: the family {@code cplxmodule-extensions}. */
final class ExtensionCases implements CaseRunner {
    @Override
    public boolean runs(ReferenceCase reference) {
        return reference.layer().equals("LinearL0") || reference.layer().equals("LinearLASSO");
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
        if (reference.layer().equals("LinearL0")) {
            l0(reference, precision, comparison);
        } else {
            lasso(reference, precision, comparison);
        }
    }

    /** The reference's log_alpha is high for irrelevant gates: ours with the other sign. */
    private static void l0(ReferenceCase reference, Precision precision, Comparison comparison) {
        Operator op = ReferenceOperator.of(reference, "group");
        Gated sparsifier = l0(reference);
        Map<String, LayerCase.Known> known = Map.of("gate", new LayerCase.Known("log_alpha", -1));
        LayerCase layer = new LayerCase(reference, precision, comparison, op, sparsifier, known);
        layer.compareOutputsAndGradients(layer.pass(layer.noise("gate", "u")), true);
        layer.comparePenalties();

        Params hard = sparsifier.relevance(op, layer.params, 0);
        comparison.exact("extra/relevance_hard", hard.get(Params.WEIGHT));
        layer.compareSparsity(hard, "extra/sparsity_hard", "extra/named_sparsity_hard");
        Params soft = sparsifier.gateValues(op, layer.params);
        comparison.close("extra/relevance_soft", soft.get(Params.WEIGHT));
        layer.compareSparsity(soft, "extra/sparsity_soft", "extra/named_sparsity_soft");
        comparison.close("extra/eval_gate", evalGate(reference, soft.get(Params.WEIGHT)));
    }

    private static Gated l0(ReferenceCase reference) {
        BinaryConcrete gates = new BinaryConcrete(
                reference.number("constants", "beta"),
                reference.number("constants", "gamma"),
                reference.number("constants", "zeta"),
                Double.MIN_NORMAL);
        return switch (group(reference)) {
            case "input" -> new GatedActivations(gates, GatedActivations.Side.INPUT, 0, Annealing.NONE);
            case "output" -> new GatedActivations(gates, GatedActivations.Side.OUTPUT, 0, Annealing.NONE);
            default ->
                new GatedWeights(
                        gates,
                        0,
                        Annealing.NONE,
                        GatedWeights.Cost.UNIT,
                        GatedWeights.AtInference.GATE,
                        false,
                        new MaskOptions());
        };
    }

    /** The reference takes the gates of a layer with one output for those of its inputs. */
    private static String group(ReferenceCase reference) {
        if (reference.has("config", "group")) {
            return reference.text("config", "group");
        }
        return reference.number("config", "out_features") == 1 ? "input" : "none";
    }

    /** One gate for each group, out of those of all weights. */
    private static INDArray evalGate(ReferenceCase reference, INDArray ofWeights) {
        return switch (group(reference)) {
            case "input" -> ofWeights.getRow(0);
            case "output" -> ofWeights.getColumn(0);
            default -> ofWeights;
        };
    }

    private static void lasso(ReferenceCase reference, Precision precision, Comparison comparison) {
        Operator op = ReferenceOperator.of(reference);
        LayerCase layer = new LayerCase(reference, precision, comparison, op, new Lasso(), Map.of());
        layer.compareOutputsAndGradients(layer.pass(Map.of()), true);
        layer.comparePenalties();
        layer.compareThresholds();
    }
}
