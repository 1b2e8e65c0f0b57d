package org.winnow.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.winnow.table.SweepTables;

/** A sweep on the terminal: how far it is, and the configurations that no other beats in metric and sparsity. */
public final class SweepReport {
    private static final int LINES = 20;

    /** Keys that have a column of their own, or are what means are taken over. */
    private static final List<String> SHOWN =
            List.of("gates.reg_weight", "prune.reg_weight", "select.threshold", "prune.thresholds", "train.seed");

    private SweepReport() {}

    /** How far it is, in trials. */
    public static String progress(
            long total,
            long done,
            long found,
            long running,
            long stopped,
            long failed,
            double seconds,
            double secondsLeft) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d trials  done %,d%s  running %,d  stopped %,d  failed %,d  %s  %s left",
                done + stopped + failed,
                total,
                done,
                found > 0 ? String.format(Locale.ROOT, " (%,d from before)", found) : "",
                running,
                stopped,
                failed,
                Progress.duration(seconds),
                left(secondsLeft));
    }

    /** The same in few words. */
    public static String shortProgress(long total, long over, long failed, double secondsLeft) {
        return String.format(Locale.ROOT, "%,d/%,d trials %,d failed %s left", over, total, failed, left(secondsLeft));
    }

    private static String left(double seconds) {
        return Double.isNaN(seconds) ? "?" : Progress.duration(seconds);
    }

    /**
     * The front, its knee marked.
     *
     * @param front as the table of that name
     * @param trials as the table of that name
     */
    public static String of(Dataset<Row> front, Dataset<Row> trials) {
        List<Row> best = front.where("on_front")
                .orderBy(front.col("knee").desc(), front.col("sparsity").desc())
                .limit(LINES)
                .collectAsList();
        Map<String, String> settings = settings(best, trials);
        StringBuilder text = new StringBuilder();
        if (best.isEmpty()) {
            text.append("\nno trial has come to its end with features kept and rows held out to judge them\n");
        } else {
            text.append(String.format(
                    Locale.ROOT, "%nBest configurations, means over seeds (of equal sparsity the best):%n%n"));
            text.append(String.format(
                    Locale.ROOT,
                    "%-5s %10s %9s %6s %7s %9s %10s %8s %12s%s%n",
                    "",
                    "reg_weight",
                    "threshold",
                    "seeds",
                    "kept",
                    "sparsity",
                    best.get(0).<String>getAs("metric"),
                    "± seeds",
                    "with all",
                    settings.values().stream().allMatch(String::isEmpty) ? "" : "  of the space"));
            best.forEach(row -> text.append(line(row, settings.getOrDefault(row.<String>getAs("replicates"), ""))));
        }
        String counts = SweepTables.statuses(trials).collectAsList().stream()
                .map(row ->
                        String.format(Locale.ROOT, "%,d %s", row.<Long>getAs("trials"), row.<String>getAs("status")))
                .collect(Collectors.joining(", "));
        return text.append("\nTrials: ").append(counts).append('\n').toString();
    }

    /**
     * Why trials failed, a line for each reason.
     *
     * @param failures trials by error, the most frequent first
     */
    public static String failures(List<Row> failures) {
        return failures.stream()
                .limit(LINES)
                .map(row -> String.format(
                        Locale.ROOT, "failed, %,d: %s%n", row.<Long>getAs("trials"), row.<String>getAs("error")))
                .collect(Collectors.joining());
    }

    /** What else differs between configurations than the columns show, by their hash: {@code select.top_k=5}. */
    private static Map<String, String> settings(List<Row> best, Dataset<Row> trials) {
        List<String> keys = TrialSection.keysThatDiffer(trials).stream()
                .filter(key -> !SHOWN.contains(key))
                .toList();
        if (keys.isEmpty() || best.isEmpty()) {
            return Map.of();
        }
        Object[] wanted =
                best.stream().map(row -> row.<String>getAs("replicates")).toArray();
        return trials
                .where(col("replicates").isin(wanted))
                .groupBy("replicates")
                .agg(first("params").as("params"))
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> settings(keys, TrialSection.params(row))));
    }

    private static String settings(List<String> keys, Map<String, String> params) {
        return keys.stream()
                .map(key -> "  " + key + "=" + params.getOrDefault(key, ""))
                .collect(Collectors.joining());
    }

    private static String line(Row row, String settings) {
        return String.format(
                Locale.ROOT,
                "%-5s %10.4g %9.2f %6d %7.1f %9.3f %10s %8s %12s%s%n",
                row.<Boolean>getAs("knee") ? "knee" : "",
                row.<Double>getAs("reg_weight"),
                row.<Double>getAs("threshold"),
                row.<Integer>getAs("trials"),
                row.<Double>getAs("kept"),
                row.<Double>getAs("sparsity"),
                number(row, "test_metric"),
                number(row, "test_metric_std"),
                number(row, "test_metric_all_features"),
                settings);
    }

    private static String number(Row row, String column) {
        int at = row.fieldIndex(column);
        return row.isNullAt(at) ? "-" : Figures.of(row.<String>getAs("metric"), row.getDouble(at));
    }
}
