package org.winnow.report;

import java.util.List;
import java.util.Locale;
import org.winnow.model.FeatureResult;
import org.winnow.model.TrialResult;

/** A selection on the terminal: the ranked features, and what they are worth. */
public final class SelectionReport {
    /** Dropped features are listed up to this many lines in all. */
    private static final int LINES = 40;

    private SelectionReport() {}

    /** What is about to be trained on. */
    public static String opening(long trainRows, long testRows, int numbers, int categories, int shards) {
        return String.format(
                Locale.ROOT,
                "%,d rows to train on, %,d held out; %,d features%s; %d shards",
                trainRows,
                testRows,
                numbers + categories,
                categories == 0 ? "" : String.format(Locale.ROOT, " (%,d of them categories)", categories),
                shards);
    }

    /** The same, where it is not known what to compare with. */
    public static String of(List<FeatureResult> features, TrialResult trial) {
        return of(features, trial, Double.NaN);
    }

    /**
     * The ranked features, and what they are worth.
     *
     * @param baseline what an answer that does not look at the features gets on the held-out rows
     */
    public static String of(List<FeatureResult> features, TrialResult trial, double baseline) {
        int nameWidth = Math.max(
                7, features.stream().mapToInt(f -> f.name().length()).max().orElse(0));
        boolean tested = features.stream().anyMatch(f -> !Double.isNaN(f.qValue()));
        String row = "%5s  %-" + nameWidth + "s  %6s  %8s  %6s  %6s" + (tested ? "  %8s" : "%s") + "  %s%n";
        StringBuilder text = new StringBuilder("\n");
        text.append(String.format(
                Locale.ROOT, row, "rank", "feature", "gate", "raw", "active", "spread", tested ? "q" : "", "selected"));
        int shown = Math.max(trial.kept(), Math.min(LINES, features.size()));
        for (FeatureResult f : features.subList(0, shown)) {
            text.append(String.format(
                    Locale.ROOT,
                    row,
                    f.rank(),
                    f.name(),
                    decimals(f.value()),
                    decimals(f.rawValue()),
                    decimals(f.activeProbability()),
                    decimals(f.shardStd()),
                    tested ? String.format(Locale.ROOT, "%.2g", f.qValue()) : "",
                    f.selected() ? "yes" : "-"));
        }
        if (shown < features.size()) {
            text.append(String.format(Locale.ROOT, "       and %,d more, all dropped%n", features.size() - shown));
        }
        String comparison = Double.isNaN(trial.testMetric())
                ? "no rows held out to judge them"
                : "held-out " + trial.metric() + ": " + Figures.of(trial.metric(), trial.testMetric(), baseline)
                        + " on them";
        if (!Double.isNaN(trial.testMetricAllFeatures())) {
            comparison += ", " + Figures.of(trial.metric(), trial.testMetricAllFeatures(), baseline) + " on all"
                    + Figures.alone(trial.metric(), baseline);
        }
        text.append(String.format(
                Locale.ROOT,
                "%nkept %d of %d features; %s (%.1f s)%n",
                trial.kept(),
                trial.total(),
                comparison,
                trial.seconds()));
        return text.toString();
    }

    private static String decimals(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
