package org.winnow.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The trials as a table: what differs between their configurations, and what they came to; the best first. */
record TrialSection(String note, List<String> statuses, List<Heading> columns, List<List<@Nullable Object>> rows) {
    private static final int MOST = 2_000;

    /** Keys that say where things are. */
    private static final List<String> PLACES = List.of("data.path", "output.", "train.checkpoint.", "train.resume");

    /** A column. */
    record Heading(String name, boolean number) {}

    /**
     * Makes it.
     *
     * @param metric of the trials
     * @param unit of what they keep
     */
    static TrialSection of(List<Row> trials, String metric, String unit) {
        List<Row> best = trials.stream()
                .sorted((metric.equals("mse") ? Cells.byNumber("test_metric") : Cells.byFallingNumber("test_metric"))
                        .thenComparing(Cells.byNumber("kept"))
                        .thenComparing(Cells.byText("trial_id")))
                .limit(MOST)
                .toList();
        return of(best, trials.size(), keysThatDiffer(trials), metric, unit);
    }

    /** The same of a sweep. */
    static TrialSection of(Dataset<Row> trials, String metric, String unit) {
        List<Row> best = trials.orderBy(
                        metric.equals("mse")
                                ? col("test_metric").asc_nulls_last()
                                : col("test_metric").desc_nulls_last(),
                        col("kept"),
                        col("trial_id"))
                .limit(MOST)
                .collectAsList();
        long all = best.size() < MOST ? best.size() : trials.count();
        return of(best, all, all == 1 ? List.of() : keysThatDiffer(trials), metric, unit);
    }

    private static TrialSection of(List<Row> best, long all, List<String> keys, String metric, String unit) {
        List<Heading> columns = new ArrayList<>(List.of(new Heading("trial", false), new Heading("status", false)));
        keys.forEach(key -> columns.add(new Heading(
                key, best.stream().allMatch(row -> isNumber(params(row).getOrDefault(key, ""))))));
        for (String number : List.of(
                "held-out " + metric,
                "with all",
                "without features",
                unit + " kept",
                "sparsity",
                "epochs",
                "train loss",
                "seconds")) {
            columns.add(new Heading(number.replace(' ', '_').replace('-', '_'), true));
        }
        columns.add(new Heading("error", false));
        List<List<@Nullable Object>> rows =
                best.stream().map(row -> row(row, keys, columns)).toList();
        return new TrialSection(
                note(all),
                best.stream()
                        .map(row -> Cells.text(row, "status"))
                        .distinct()
                        .sorted()
                        .toList(),
                columns,
                rows);
    }

    private static String note(long all) {
        String what = "Columns with a dot are the keys whose values differ between trials. A filter takes words, and"
                + " comparisons such as sparsity>0.5; all of them have to hold.";
        return all > MOST
                ? String.format(
                        Locale.ROOT,
                        "Shown are the %,d trials with the best metric of %,d; the table trials has all. %s",
                        MOST,
                        all,
                        what)
                : what;
    }

    /** Keys of configurations whose values differ between trials, but for those that say where things are. */
    static List<String> keysThatDiffer(Dataset<Row> trials) {
        return trials
                .select(explode(col("params")))
                .groupBy("key")
                .agg(countDistinct("value").as("values"))
                .where(col("values").gt(1))
                .orderBy("key")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .filter(TrialSection::isNoPlace)
                .toList();
    }

    private static List<String> keysThatDiffer(List<Row> trials) {
        Map<String, Set<String>> values = new TreeMap<>();
        trials.forEach(trial -> params(trial)
                .forEach((key, value) ->
                        values.computeIfAbsent(key, missing -> new HashSet<>()).add(value)));
        return values.keySet().stream()
                .filter(key -> values.getOrDefault(key, Set.of()).size() > 1)
                .filter(TrialSection::isNoPlace)
                .toList();
    }

    private static boolean isNoPlace(String key) {
        return PLACES.stream().noneMatch(key::startsWith);
    }

    static Map<String, String> params(Row row) {
        return row.getJavaMap(row.fieldIndex("params"));
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    }

    private static List<@Nullable Object> row(Row row, List<String> keys, List<Heading> columns) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(Cells.text(row, "trial_id"));
        cells.add(Cells.text(row, "status"));
        for (int i = 0; i < keys.size(); i++) {
            String value = params(row).getOrDefault(keys.get(i), "");
            cells.add(columns.get(i + 2).number() ? (Object) Double.valueOf(value) : value);
        }
        for (String number : List.of(
                "test_metric",
                "test_metric_all_features",
                "test_metric_baseline",
                "kept",
                "sparsity",
                "epochs",
                "train_loss",
                "seconds")) {
            cells.add(Cells.number(row, number));
        }
        cells.add(Cells.text(row, "error"));
        return cells;
    }
}
