package org.winnow.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.winnow.model.AblationResult;
import org.winnow.model.LayerCost;
import org.winnow.model.RelevanceResult;
import org.winnow.model.Served;
import org.winnow.model.TrialResult;

/** A pruning on the terminal: what was kept of each layer, what it did to the metric, and what it saved. */
public final class PruneReport {
    private PruneReport() {}

    /** A line for a try of a search. */
    public static String tried(TrialResult trial) {
        return format(
                "try: reg_weight %s, thresholds %s: sparsity %.4f, held-out %s %s before fine-tuning%n",
                trial.params().getOrDefault("prune.reg_weight", ""),
                trial.params().getOrDefault("prune.thresholds", ""),
                trial.sparsity(),
                trial.metric(),
                Figures.of(trial.metric(), trial.testMetric()));
    }

    /**
     * The whole report.
     *
     * @param found whether what was looked for was found
     * @param relevance of all thresholds, that of the result first
     * @param before costs of the dense network's layers
     * @param after those of the small one's
     * @param served the dense network first
     * @param difference between answers of the masked and the small network
     * @param baseline what an answer that does not look at the features gets on the held-out rows
     */
    public static String of(
            TrialResult trial,
            boolean found,
            List<RelevanceResult> relevance,
            List<AblationResult> ablations,
            List<LayerCost> before,
            List<LayerCost> after,
            List<Served> served,
            double difference,
            double baseline) {
        return decisions(relevance, ablations, before, after) + serving(served, difference) + "\n"
                + summary(trial, found, baseline);
    }

    /** The same, where nothing was measured in use. */
    public static String of(
            TrialResult trial,
            boolean found,
            List<RelevanceResult> relevance,
            List<AblationResult> ablations,
            List<LayerCost> before,
            List<LayerCost> after) {
        return decisions(relevance, ablations, before, after) + summary(trial, found, Double.NaN);
    }

    private static String decisions(
            List<RelevanceResult> relevance,
            List<AblationResult> ablations,
            List<LayerCost> before,
            List<LayerCost> after) {
        return "\n" + layers(relevance, before, after) + thresholds(relevance) + ablations(ablations) + "\n";
    }

    private static String layers(List<RelevanceResult> relevance, List<LayerCost> before, List<LayerCost> after) {
        String row = "%-10s %10s %9s %9s  %13s  %13s  %19s%n";
        StringBuilder text =
                new StringBuilder(format(row, "layer", "weights", "kept", "sparsity", "inputs", "units", "FLOPs"));
        for (int i = 0; i < before.size(); i++) {
            LayerCost dense = before.get(i);
            LayerCost small = after.get(i);
            RelevanceResult kept = relevance.get(i);
            text.append(format(
                    row,
                    dense.layer(),
                    format("%,d", kept.total()),
                    format("%,d", kept.kept()),
                    format("%.4f", kept.sparsity()),
                    format("%,d > %,d", dense.inputs(), small.inputs()),
                    format("%,d > %,d", dense.units(), small.units()),
                    format("%,d > %,d", dense.flops(), small.flops())));
        }
        return text.toString();
    }

    /** Thresholds besides that of the result, one line each. */
    private static String thresholds(List<RelevanceResult> relevance) {
        List<Double> thresholds =
                relevance.stream().map(RelevanceResult::threshold).distinct().toList();
        if (thresholds.size() == 1) {
            return "";
        }
        StringBuilder text = new StringBuilder(
                format("%n%10s %10s %12s %10s %10s%n", "threshold", "kept", "compression", "held-out", "fine-tuned"));
        for (double threshold : thresholds) {
            List<RelevanceResult> layers = relevance.stream()
                    .filter(layer -> layer.threshold() == threshold)
                    .toList();
            RelevanceResult any = layers.get(0);
            text.append(format(
                    "%10s %,10d %12.1f %10s %10s%n",
                    threshold,
                    layers.stream().mapToLong(RelevanceResult::kept).sum(),
                    any.compression(),
                    Figures.of(any.metric(), any.testMetric()),
                    Double.isNaN(any.testMetricFinetuned())
                            ? "-"
                            : Figures.of(any.metric(), any.testMetricFinetuned())));
        }
        return text.toString();
    }

    private static String ablations(List<AblationResult> ablations) {
        if (ablations.isEmpty()) {
            return "";
        }
        List<Double> draws = ablations.stream()
                .skip(1)
                .map(AblationResult::testMetric)
                .sorted()
                .toList();
        double mean = draws.stream().collect(Collectors.averagingDouble(metric -> metric));
        String metric = ablations.get(0).metric();
        return format(
                "%nheld-out %s of the subnetwork alone: %s; %s, %d draws: mean %s, from %s to %s%n",
                metric,
                Figures.of(metric, ablations.get(0).testMetric()),
                ablations.get(1).ablation(),
                draws.size(),
                Figures.of(metric, mean),
                Figures.of(metric, draws.get(0)),
                Figures.of(metric, draws.get(draws.size() - 1)));
    }

    private static String serving(List<Served> served, double difference) {
        Served dense = served.get(0);
        StringBuilder text =
                new StringBuilder(format("%-10s %12s %12s %16s%n", "network", "file", "one row", "rows per second"));
        for (Served network : served) {
            text.append(format(
                    "%-10s %,10d B %9.1f us %,16.0f%s%n",
                    network.network(),
                    network.bytes(),
                    network.latencyMicros(),
                    network.rowsPerSecond(),
                    network.equals(dense)
                            ? ""
                            : format(
                                    "  %.1fx as fast, %.1fx as small",
                                    network.rowsPerSecond() / dense.rowsPerSecond(),
                                    (double) dense.bytes() / network.bytes())));
        }
        return text + format("answers differ from the masked network's by at most %.1e%n", difference);
    }

    private static String summary(TrialResult trial, boolean found, double baseline) {
        String comparison = Double.isNaN(trial.testMetric())
                ? "no rows held out to judge it"
                : "held-out " + trial.metric() + ": " + Figures.of(trial.metric(), trial.testMetric(), baseline);
        if (!Double.isNaN(trial.testMetricAllFeatures())) {
            comparison += ", and " + Figures.of(trial.metric(), trial.testMetricAllFeatures(), baseline) + " before"
                    + Figures.alone(trial.metric(), baseline);
        }
        return (found ? "" : "what was looked for was not found; this is the nearest\n")
                + format(
                        "kept %,d of %,d weights, compression %.1f; %s (%.1f s)%n",
                        trial.kept(),
                        trial.total(),
                        (double) trial.total() / trial.kept(),
                        comparison,
                        trial.seconds());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
