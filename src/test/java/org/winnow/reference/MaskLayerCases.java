package org.winnow.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.Sigmoid;
import org.winnow.kernel.Elements;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Ablation;
import org.winnow.sparsifier.Annealing;
import org.winnow.sparsifier.Draws;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.MagnitudePruning;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Masking;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Pass;

/** Learnt masks, magnitude pruning and their ablations: the families {@code neurosurgeon-*}. */
final class MaskLayerCases implements CaseRunner {
    private static final Pattern LAYER =
            Pattern.compile("(HardConcrete|ContSparse|MagPrune)(Linear|GPTConv1D|Conv[123]d)");

    /** What the cases call our kinds of ablation. */
    private static final Map<String, Ablation.Kind> ABLATIONS = Map.of(
            "none", Ablation.Kind.NONE,
            "zero_ablate", Ablation.Kind.ZERO,
            "random_ablate", Ablation.Kind.RANDOM,
            "randomly_sampled", Ablation.Kind.RANDOMLY_SAMPLED,
            "complement_sampled", Ablation.Kind.COMPLEMENT_SAMPLED);

    @Override
    public boolean runs(ReferenceCase reference) {
        return LAYER.matcher(reference.layer()).matches();
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
        String[] read = {
            "ablation", "mask_unit", "mask_bias", "mask_init_percentage", "mask_init_value", "prune_percentage"
        };
        Operator op = ReferenceOperator.of(reference, read);
        Masking masking = masking(reference);
        boolean initial = reference.text("mode").equals("init");
        Map<String, LayerCase.Known> given = Map.of(
                "gate", new LayerCase.Known("weight_mask_params"),
                "biasGate", new LayerCase.Known("bias_mask_params"));
        LayerCase layer = new LayerCase(reference, precision, comparison, op, masking, initial ? Map.of() : given);
        refuseQuirks(layer);
        boolean annealing = reference.text("mode").equals("anneal");
        if (!annealing) {
            comparison.exact("extra/max_l0", (double) masking.maxL0(op));
        }
        if (initial) {
            compareInitial(layer, masking);
        } else if (annealing) {
            compareAnnealing(layer, (GatedWeights) masking);
        } else if (reference.text("config", "ablation").endsWith("sampled")) {
            compareSample(layer, masking);
        } else {
            compareMasked(layer, masking);
        }
    }

    /** Skips where a case that is marked meets a decision of ours. */
    private static void refuseQuirks(LayerCase layer) {
        if (layer.reference.quirk().isEmpty()) {
            return;
        }
        if (layer.sparsifier instanceof GatedWeights gated) {
            if (gated.frozen() && layer.reference.training()) {
                throw new SkippedCase("frozen masks are as at inference in the penalty too, by decision");
            }
            boolean tie = gated.gates() instanceof BinaryConcrete
                    && Arrays.stream(Elements.read(layer.params.get("gate"))).anyMatch(gate -> gate == 0);
            if (tie) {
                throw new SkippedCase("a tie at exactly one half drops, by decision");
            }
        }
        if (layer.sparsifier instanceof MagnitudePruning pruning) {
            boolean ablated = pruning.mask().ablation().kind() != Ablation.Kind.NONE;
            if (ablated && pruning.fraction() == 1) {
                throw new SkippedCase("the ablated set is all that the mask drops, also at fraction 1, by decision");
            }
            if (layer.reference.text("config", "ablation").endsWith("sampled") && hasWeightAtQuantile(layer, pruning)) {
                throw new SkippedCase("a weight at the quantile belongs to the subnetwork, by decision");
            }
        }
    }

    private static boolean hasWeightAtQuantile(LayerCase layer, MagnitudePruning pruning) {
        List<String> masked = pruning.mask().bias() ? List.of(Params.WEIGHT, Params.BIAS) : List.of(Params.WEIGHT);
        return masked.stream().anyMatch(name -> {
            double place = pruning.fraction() * (layer.params.get(name).length() - 1);
            return Math.abs(place - Math.rint(place)) < 1e-9;
        });
    }

    private static Masking masking(ReferenceCase reference) {
        MaskOptions mask = new MaskOptions(
                reference.has("config", "mask_unit")
                                && reference.text("config", "mask_unit").equals("neuron")
                        ? Unit.KERNEL_POSITION
                        : Unit.WEIGHT,
                reference.flag("config", "mask_bias"),
                !reference.has("use_masks") || reference.flag("use_masks"),
                new Ablation(Objects.requireNonNull(ABLATIONS.get(reference.text("config", "ablation")))));
        boolean frozen = reference.has("frozen_masks") && reference.flag("frozen_masks");
        Matcher matcher = LAYER.matcher(reference.layer());
        String method = matcher.matches() ? matcher.group(1) : "";
        return switch (method) {
            case "HardConcrete" -> {
                double fraction = reference.number("config", "mask_init_percentage");
                BinaryConcrete gates = new BinaryConcrete(
                        attribute(reference, "temperature", 2.0 / 3),
                        attribute(reference, "left_stretch", -0.1),
                        attribute(reference, "right_stretch", 1.1),
                        GatedWeights.SURE);
                yield new GatedWeights(
                        gates,
                        GatedWeights.logit(fraction),
                        Annealing.NONE,
                        GatedWeights.Cost.UNIT,
                        GatedWeights.AtInference.DECISION,
                        frozen,
                        mask);
            }
            case "ContSparse" ->
                new GatedWeights(
                        new Sigmoid(attribute(reference, "temperature", 1)),
                        reference.number("config", "mask_init_value"),
                        reference.has("extra", "final_temp")
                                ? new Annealing(reference.number("extra", "final_temp"), (int)
                                        reference.number("extra", "total_epochs"))
                                : Annealing.NONE,
                        GatedWeights.Cost.WEIGHTS,
                        GatedWeights.AtInference.DECISION,
                        frozen,
                        mask);
            default ->
                new MagnitudePruning(
                        reference.number("config", "prune_percentage"), MagnitudePruning.Ranking.SIGNED, mask);
        };
    }

    private static double attribute(ReferenceCase reference, String name, double otherwise) {
        return reference.has("attrs", name) ? reference.number("attrs", name) : otherwise;
    }

    private static void compareInitial(LayerCase layer, Masking masking) {
        for (ParamSpec spec : layer.specs()) {
            if (spec.kind() == ParamSpec.Kind.SPARSIFIER) {
                String prefix = spec.name().equals("gate") ? "mask" : "bias_mask";
                for (int axis = 0; axis < spec.shape().length; axis++) {
                    layer.comparison.exact("extra/" + prefix + "_params_shape/" + axis, (double) spec.shape()[axis]);
                }
            }
        }
        double initial = layer.params.get("gate").getDouble(0);
        layer.comparison.close("extra/initial_mask_value", initial);
        layer.comparison.same("extra/has_bias_mask_params", layer.params.has("biasGate"));
        layer.comparison.exact("extra/eval_l0", masking.l0(layer.op, layer.params, Pass.inference(0)));
        layer.comparison.close("extra/train_l0", masking.penalty(layer.op, layer.params, 0));
    }

    private static void compareMasked(LayerCase layer, Masking masking) {
        Map<String, INDArray> noise = layer.noise("gate", "u.weight", "biasGate", "u.bias");
        layer.noise("RANDOM.weight.0", "random.weight", "RANDOM.bias.0", "random.bias")
                .forEach((name, values) -> noise.put(name, uniform(layer.op, values)));
        boolean smooth = layer.reference.training() && masking.learns();

        layer.compareOutputsAndGradients(layer.pass(noise), smooth);
        Params masks = masking.masks(layer.op, layer.params, layer.pass(noise));
        masks.arrays().forEach((name, mask) -> {
            String path = "extra/" + name + "_mask";
            if (smooth) {
                layer.comparison.close(path, mask);
            } else {
                layer.comparison.exact(path, mask);
            }
        });
        double l0 = masking.l0(layer.op, layer.params, layer.pass(noise));
        if (smooth) {
            layer.comparison.close("penalty", l0);
            layer.comparison.close("extra/l0", l0);
        } else {
            layer.comparison.exact("penalty", l0);
            layer.comparison.exact("extra/l0", l0);
        }
    }

    /** The uniform number that a newly initialised weight is made of. */
    private static INDArray uniform(Operator op, INDArray weight) {
        return weight.mul(Math.sqrt((double) op.fanIn())).addi(1).divi(2);
    }

    private static void compareAnnealing(LayerCase layer, GatedWeights masking) {
        Operator op = layer.op;
        int steps = layer.reference.count("extra", "steps");
        for (int step = 0; step < steps; step++) {
            String path = "extra/steps/" + step;
            int epoch = (int) layer.reference.number("extra", "steps", String.valueOf(step), "updates");
            Pass pass = Pass.training(epoch, Draws.recorded(Map.of()));
            layer.comparison.close(path + "/temperature", masking.annealing().factor(epoch));
            INDArray mask = masking.masks(op, layer.params, pass).get(Params.WEIGHT);
            layer.comparison.close(path + "/weight_mask", mask);
            layer.comparison.close(path + "/l0", masking.l0(op, layer.params, pass));
            layer.comparison.close(path + "/y", masking.forward(op, layer.x(), layer.params, pass));
        }
        Pass inference = Pass.inference(steps);
        layer.comparison.exact("extra/eval_l0", masking.l0(op, layer.params, inference));
        layer.comparison.close("extra/eval_y", masking.forward(op, layer.x(), layer.params, inference));
    }

    /** Samples are ours: they have the sizes of the reference's, and its subnetwork where they must avoid it. */
    private static void compareSample(LayerCase layer, Masking masking) {
        Pass pass = Pass.inference(0);
        Params subnetwork = masking.relevance(layer.op, layer.params, Masking.HALF);
        masking.masks(layer.op, layer.params, pass).arrays().forEach((name, sample) -> {
            INDArray kept = subnetwork.get(name);
            String invariants = "extra/invariants." + name;
            layer.comparison.exact("extra/subnetwork." + name, kept);
            layer.comparison.exact(
                    invariants + "/zeros", sample.rsub(1).sumNumber().doubleValue());
            layer.comparison.exact(invariants + "/size", (double) sample.length());
            boolean apart = layer.reference.flag("extra", "invariants." + name, "must_be_disjoint_from_subnetwork");
            if (apart && sample.rsub(1).mul(kept).sumNumber().doubleValue() != 0) {
                throw new IllegalStateException("the sample has something of the subnetwork");
            }
        });
        layer.comparison.exact("extra/l0", masking.l0(layer.op, layer.params, pass));
    }
}
