package org.winnow.prune;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.notNegative;
import static org.winnow.check.Check.that;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.winnow.model.Setting;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Ablation;

/** How a network is made sparse: what the section {@code prune} says. */
public record PruneOptions(
        @Setting(
                value = "How layers are made sparse; the stage of the section train does it, but for magnitude, which"
                        + " has none of its own",
                byDefault = "vd")
        Method method,

        @Setting(value = "Layers to make sparse, by names or regular expressions", byDefault = "[\".*\"]")
        List<String> layers,

        @Setting(value = "Other methods for some of them, as {ard = [out]}", byDefault = "{}")
        Map<String, List<String>> layerMethods,

        @Setting(
                value = "What masks of hard_concrete, continuous, gaussian and magnitude drop as one",
                byDefault = "weight")
        Unit unit,

        @Setting(
                value = "Price of a weight in the loss of all training rows together; 1 is the evidence lower bound of"
                        + " vd and ard",
                byDefault = "1")
        double regWeight,

        @Setting(value = "Factors of that price by layer, as [\"conv.*:10\"]", byDefault = "[]")
        List<String> layerRegWeights,

        @Setting(
                value = "Where parameters of a method start, by layer, as [\".*:-10\"]: log sigma^2 of vd and ard, the"
                        + " gates' parameters of others; empty: the method's own",
                byDefault = "[]")
        List<String> initial,

        @Setting(
                value = "What the temperature of gates has been multiplied by at the end of the stage, in equal ratios"
                        + " an epoch; 0: the method's own, 200 for continuous and 1 for others",
                byDefault = "0")
        double temperatureFactor,

        @Setting(
                value =
                        "Thresholds to compare, of which the first makes the result: of log alpha for vd and ard (3), of"
                                + " gates for hard_concrete and continuous (0.5), l0 and gaussian (0), of log |w| for lasso (-6),"
                                + " shares to drop for magnitude (0.9); empty: the method's own, in brackets",
                byDefault = "[]")
        List<Double> thresholds,

        @Setting(value = "Other thresholds for some layers, as [\"out:0.8\"]", byDefault = "[]")
        List<String> layerThresholds,

        @Setting(value = "Whether a layer may lose all of its weights", byDefault = "false")
        boolean allowEmpty,

        @Setting(
                value = "Whether the networks of all thresholds are fine-tuned, or that of the first",
                byDefault = "false")
        boolean finetuneAll,

        @Setting(
                value = "For magnitude: steps in which weights are dropped, each of them fine-tuned",
                byDefault = "1",
                unit = "steps")
        int steps,

        @Setting(
                value = "Sparsity after each step: geometric, the same share of what is left (Frankle and Carbin 2019,"
                        + " arXiv:1803.03635), or cubic (Zhu and Gupta 2017, arXiv:1710.01878)",
                byDefault = "geometric")
        Pace pace,

        @Setting(
                value =
                        "For magnitude: after each step, weights that are kept go back to what they were after this many"
                                + " epochs of the stage dense (0: when it began), as for lottery tickets; -1: they do not",
                byDefault = "-1",
                unit = "epochs")
        int rewindEpoch,

        @Setting(
                value = "Look for the sparsity, a share of weights in (0, 1), that is to be reached at least; 0: no",
                byDefault = "0")
        double targetSparsity,

        @Setting(
                value = "Look for the sparsest network whose held-out metric, before fine-tuning, is at most this much"
                        + " worse than the dense one's; -1: no",
                byDefault = "-1")
        double targetMetricDrop,

        @Setting(
                value = "What is looked for: threshold (no new training) or reg_weight (a training each)",
                byDefault = "threshold")
        SearchBy searchBy,

        @Setting(value = "Tries of a search, by bisection", byDefault = "10", unit = "tries")
        int searchTries,

        @Setting(
                value = "What to take out of the masked network to see what its subnetwork is worth: zero (all of it),"
                        + " random (new weights in its place), randomly_sampled (as many weights, anywhere),"
                        + " complement_sampled (as many outside of it)",
                byDefault = "none")
        Ablation.Kind ablate,

        @Setting(value = "Random draws of an ablation", byDefault = "20", unit = "draws")
        int ablateRepeats)
        implements Serializable {

    /** How sparsity grows from step to step. */
    public enum Pace {
        GEOMETRIC,
        CUBIC;

        /** The share dropped after a step of several, which is that of the end after the last. */
        double after(int step, int steps, double end) {
            double share = (double) step / steps;
            return this == GEOMETRIC ? 1 - Math.pow(1 - end, share) : end * (1 - Math.pow(1 - share, 3));
        }
    }

    public PruneOptions {
        layers = List.copyOf(layers);
        that(!layers.isEmpty(), "layers", "at least one name or regular expression", layers);
        layerMethods = Map.copyOf(layerMethods);
        notNegative(regWeight, "reg_weight");
        LayerNumbers.of("layer_reg_weights", layerRegWeights)
                .numbers()
                .values()
                .forEach(factor -> notNegative(factor, "layer_reg_weights"));
        LayerNumbers.of("initial", initial);
        LayerNumbers.of("layer_thresholds", layerThresholds);
        layerRegWeights = List.copyOf(layerRegWeights);
        initial = List.copyOf(initial);
        layerThresholds = List.copyOf(layerThresholds);
        thresholds = List.copyOf(thresholds);
        that(thresholds.stream().allMatch(Double::isFinite), "thresholds", "finite numbers", thresholds);
        notNegative(temperatureFactor, "temperature_factor");
        atLeast(1, steps, "steps");
        atLeast(-1, rewindEpoch, "rewind_epoch");
        that(targetSparsity >= 0 && targetSparsity < 1, "target_sparsity", "in [0, 1)", targetSparsity);
        that(
                targetMetricDrop == -1 || targetMetricDrop >= 0,
                "target_metric_drop",
                "at least 0, or -1 for none",
                targetMetricDrop);
        that(
                targetSparsity == 0 || targetMetricDrop == -1,
                "target_metric_drop",
                "-1 with target_sparsity",
                targetMetricDrop);
        atLeast(1, searchTries, "search_tries");
        atLeast(1, ablateRepeats, "ablate_repeats");
    }

    /** The threshold of the result. */
    public double firstThreshold() {
        return thresholds.isEmpty() ? method.threshold() : thresholds.get(0);
    }

    /** Whether something is looked for. */
    boolean searches() {
        return targetSparsity > 0 || targetMetricDrop >= 0;
    }
}
