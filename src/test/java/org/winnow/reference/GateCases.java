package org.winnow.reference;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.GateDistribution;
import org.winnow.gate.GateDraw;
import org.winnow.gate.GateGroups;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.gate.StochasticGates;

/** Gates over the elements of examples: the families {@code captum-*}. */
final class GateCases implements CaseRunner {
    @Override
    public boolean runs(ReferenceCase reference) {
        return reference.layer().equals("GaussianStochasticGates")
                || reference.layer().equals("BinaryConcreteStochasticGates");
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
        boolean gaussian = reference.layer().equals("GaussianStochasticGates");
        String parameterName = gaussian ? "mu" : "log_alpha_param";
        StochasticGates gates = new StochasticGates(
                gaussian ? gaussian(reference) : binaryConcrete(reference),
                groups(reference),
                reference.number("config", "reg_weight"),
                Reduction.valueOf(reference.text("config", "reg_reduction").toUpperCase(Locale.ROOT)));
        INDArray x = reference.tensor("inputs", "x").array(precision);
        INDArray cotangent = reference.tensor("cotangent").array(precision);
        INDArray parameters = reference.tensor("params", parameterName).array(precision);
        GateDraw draw = reference.training()
                ? gates.sample(
                        parameters,
                        reference.tensor("noise", gaussian ? "eps" : "u").data(precision))
                : gates.mean(parameters);

        comparison.close("outputs/y", gates.forward(x, draw));
        comparison.close("grads/x", gates.inputGradient(cotangent, draw));
        comparison.close(
                "grads/" + parameterName,
                gates.parameterGradient(x, cotangent, draw).add(gates.penaltyGradient(parameters)));
        if (gates.reduction() == Reduction.NONE) {
            comparison.close("penalty", gates.penalties(parameters));
        } else {
            comparison.close("penalty", gates.penalty(parameters));
        }
        comparison.close("extra/gate_values_clamped", gates.values(parameters, true));
        comparison.close("extra/gate_values_raw", gates.values(parameters, false));
        comparison.close("extra/gate_active_probs", gates.activeProbabilities(parameters));
    }

    private static GateDistribution gaussian(ReferenceCase reference) {
        reference.allowConfig("n_gates", "mask", "reg_weight", "reg_reduction", "std");
        return new Gaussian(reference.number("config", "std"));
    }

    private static GateDistribution binaryConcrete(ReferenceCase reference) {
        reference.allowConfig(
                "n_gates", "mask", "reg_weight", "reg_reduction", "temperature", "lower_bound", "upper_bound", "eps");
        return new BinaryConcrete(
                reference.number("config", "temperature"),
                reference.number("config", "lower_bound"),
                reference.number("config", "upper_bound"),
                reference.number("config", "eps"));
    }

    private static GateGroups groups(ReferenceCase reference) {
        int gates = (int) reference.number("config", "n_gates");
        if (!reference.has("config", "mask")) {
            return GateGroups.oneEach(gates);
        }
        Tensor mask = reference.tensor("config", "mask");
        int[] indices = Arrays.stream(mask.data(Precision.FLOAT64))
                .mapToInt(index -> (int) index)
                .toArray();
        boolean gateUnused = IntStream.of(indices).distinct().count() < gates;
        try {
            return GateGroups.of(gates, mask.shape(), indices);
        } catch (IllegalArgumentException e) {
            if (gateUnused) {
                throw new SkippedCase("a mask that leaves a gate unused is refused by decision");
            }
            throw e;
        }
    }
}
