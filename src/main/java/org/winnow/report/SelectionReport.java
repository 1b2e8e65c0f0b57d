package org.winnow.report;

import java.util.List;
import java.util.Locale;
import org.winnow.model.FeatureResult;
import org.winnow.model.Standing;
import org.winnow.model.TrialResult;

/** A selection on the terminal: the ranked features, and what they are worth. */
public final class SelectionReport {
    /** Dropped features are listed up to this many lines in all. */
    private static final int LINES = 40;

    private static final int ALIKE = 3;

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
        boolean ranked = features.stream().allMatch(f -> Double.isNaN(f.rawValue()));
        int shown = Math.max(trial.kept(), Math.min(LINES, features.size()));
        StringBuilder text = new StringBuilder("\n");
        text.append(ranked ? ranking(features, shown) : gates(features, shown));
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

    private static String gates(List<FeatureResult> features, int shown) {
        boolean tested = isTested(features);
        String row = "%5s  %-" + nameWidth(features) + "s  %6s  %8s  %6s  %6s" + (tested ? "  %8s" : "%s") + "  %s%n";
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, row, "rank", "feature", "gate", "raw", "active", "spread", tested ? "q" : "", "selected"));
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
        return text.toString();
    }

    private static String ranking(List<FeatureResult> features, int shown) {
        boolean tested = isTested(features);
        String row = "%5s  %-" + nameWidth(features) + "s  %9s  %7s  %7s" + (tested ? "  %8s" : "%s") + "  %-8s%s%n";
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, row, "rank", "feature", "ranks", "gain", "spread", tested ? "q" : "", "selected", ""));
        for (FeatureResult f : features.subList(0, shown)) {
            Standing standing = f.standing();
            text.append(String.format(
                    Locale.ROOT,
                    row,
                    f.rank(),
                    f.name(),
                    standing.known() ? standing.lowest() + "-" + standing.highest() : "-",
                    decimals(standing.gain()),
                    decimals(standing.gainStd()),
                    tested ? String.format(Locale.ROOT, "%.2g", f.qValue()) : "",
                    f.selected() ? "yes" : "-",
                    alike(standing.alike())));
        }
        return text.toString();
    }

    private static String alike(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String more = names.size() > ALIKE ? ", … (" + names.size() + ")" : "";
        return "  like " + String.join(", ", names.subList(0, Math.min(ALIKE, names.size()))) + more;
    }

    private static boolean isTested(List<FeatureResult> features) {
        return features.stream().anyMatch(f -> !Double.isNaN(f.qValue()));
    }

    private static int nameWidth(List<FeatureResult> features) {
        return Math.max(
                7, features.stream().mapToInt(f -> f.name().length()).max().orElse(0));
    }

    private static String decimals(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
