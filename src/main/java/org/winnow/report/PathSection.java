package org.winnow.report;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of a sweep that differ from one of them in their price alone: what becomes of each feature along
 * them.
 *
 * @param features those that stay open longest first
 */
record PathSection(List<Double> regWeights, List<Feature> features, long shown, long of, List<Agreed> agreed) {
    private static final int MOST_FEATURES = 60;
    private static final int MOST_PRICES = 100;

    /**
     * A feature along the path.
     *
     * @param values mean gates, by price
     * @param frequencies share of seeds that keep it, by price
     */
    record Feature(String name, double rank, List<@Nullable Double> values, List<@Nullable Double> frequencies) {}

    /** How far the seeds of a configuration agree. */
    record Agreed(
            double regWeight,
            double index,
            @Nullable Double lower,
            @Nullable Double upper,
            @Nullable Double jaccard) {}

    /** Gate against price, as the page draws it. */
    record Lines(List<Double> regWeights, List<Feature> features, boolean log, long shown, long of) {}

    /** Frequency by price and feature, features by rank. */
    record HeatMap(List<Double> regWeights, List<String> names, List<List<Double>> cells, long shown, long of) {}

    /** The stability index by price; of the masks of a layer, where there are any. */
    record Index(List<Agreed> rows, boolean log, @Nullable String layer) {}

    /**
     * Follows a path.
     *
     * @param stability the table
     * @param trials the table
     * @param at the configuration that the others are like
     */
    static PathSection of(Dataset<Row> stability, Dataset<Row> trials, FrontSection.Point at) {
        Dataset<Row> path = stability
                .where(col("reg_weight").isNotNull())
                .join(alike(trials, at.replicates()), "replicates")
                .cache();
        try {
            return of(path);
        } finally {
            path.unpersist();
        }
    }

    /**
     * Rows of the stability of masks as if each layer were a feature, and its gate the share of weights kept.
     *
     * @param stability as {@link org.winnow.table.MaskTables#STABILITY}
     */
    static Dataset<Row> ofLayers(Dataset<Row> stability, @Nullable Double threshold) {
        Column kept = col("kept_mean").divide(col("total"));
        return stability
                .where(col("parameter").equalTo("weight").and(col("threshold").equalTo(threshold)))
                .withColumn("name", col("layer"))
                .withColumn("gate", lit(0))
                .withColumn("value_mean", kept)
                .withColumn("frequency", kept)
                .withColumn("rank_mean", lit(0.0));
    }

    private static PathSection of(Dataset<Row> path) {
        List<Double> prices =
                thinned(path.select("reg_weight").distinct().orderBy("reg_weight").collectAsList().stream()
                        .map(row -> row.getDouble(0))
                        .toList());
        Dataset<Row> ranked = path.groupBy("layer", "gate", "name")
                .agg(avg("value_mean").as("open"), avg("rank_mean").as("rank"));
        List<Row> longest = ranked.orderBy(col("open").desc(), col("rank"), col("gate"))
                .limit(MOST_FEATURES)
                .collectAsList();
        Map<String, Map<Double, Row>> cells = new HashMap<>();
        path.where(col("name")
                        .isin(longest.stream()
                                .map(row -> Cells.text(row, "name"))
                                .toArray())
                        .and(col("reg_weight").isin(prices.toArray())))
                .collectAsList()
                .forEach(row -> cells.computeIfAbsent(Cells.text(row, "name"), name -> new HashMap<>())
                        .put(Cells.known(row, "reg_weight"), row));
        List<Feature> features = longest.stream()
                .map(row -> feature(row, prices, cells.getOrDefault(Cells.text(row, "name"), Map.of())))
                .toList();
        Map<Double, Row> any = cells.values().stream().findFirst().orElse(Map.of());
        return new PathSection(prices, features, features.size(), ranked.count(), agreed(prices, any));
    }

    private static Feature feature(Row ranked, List<Double> prices, Map<Double, Row> rows) {
        return new Feature(
                Cells.text(ranked, "name"),
                Cells.known(ranked, "rank"),
                along(prices, rows, "value_mean"),
                along(prices, rows, "frequency"));
    }

    private static List<@Nullable Double> along(List<Double> prices, Map<Double, Row> rows, String column) {
        List<@Nullable Double> values = new ArrayList<>();
        for (double price : prices) {
            Row row = rows.get(price);
            values.add(row == null ? null : Cells.number(row, column));
        }
        return values;
    }

    private static List<Agreed> agreed(List<Double> prices, Map<Double, Row> rows) {
        List<Agreed> agreed = new ArrayList<>();
        for (double price : prices) {
            Row row = rows.get(price);
            Double index = row == null ? null : Cells.number(row, "stability_index");
            if (row != null && index != null) {
                agreed.add(new Agreed(
                        price,
                        index,
                        Cells.number(row, "stability_lower"),
                        Cells.number(row, "stability_upper"),
                        Cells.number(row, "jaccard")));
            }
        }
        return agreed;
    }

    private static List<Double> thinned(List<Double> prices) {
        int step = (prices.size() + MOST_PRICES - 1) / MOST_PRICES;
        return IntStream.range(0, prices.size())
                .filter(i -> i % step == 0 || i == prices.size() - 1)
                .mapToObj(prices::get)
                .toList();
    }

    /** The column {@code replicates} of configurations that have the same parameters but for price and seed. */
    private static Dataset<Row> alike(Dataset<Row> trials, String replicates) {
        List<String> free =
                new ArrayList<>(List.of("gates.reg_weight", "prune.reg_weight", "train.seed", "sweep.warm_start_from"));
        if (!trials.where(col("warm_start_from").isNotNull()).isEmpty()) {
            free.add("train.epochs"); // Warm starts take fewer.
        }
        Column others = expr("concat_ws('\\n', array_sort(transform(filter(map_entries(params), e -> not(e.key in ("
                + String.join(", ", free.stream().map(key -> "'" + key + "'").toList())
                + "))), e -> concat(e.key, '=', e.value))))");
        Dataset<Row> keyed = trials.select(col("replicates"), others.as("others"));
        String wanted = keyed.where(col("replicates").equalTo(replicates))
                .select("others")
                .first()
                .getString(0);
        return keyed.where(col("others").equalTo(wanted)).select("replicates").distinct();
    }

    private boolean isLog() {
        double least = regWeights.get(0);
        return least > 0 && regWeights.get(regWeights.size() - 1) / least > 10;
    }

    /** Empty for fewer than two prices. */
    Optional<Lines> lines() {
        return regWeights.size() < 2
                ? Optional.empty()
                : Optional.of(new Lines(regWeights, features, isLog(), shown, of));
    }

    /** Empty where nothing was kept by some seeds and not by others, or by prices. */
    Optional<HeatMap> heatMap() {
        List<Feature> byRank = features.stream()
                .sorted((a, b) -> Double.compare(a.rank(), b.rank()))
                .toList();
        List<List<Double>> cells = new ArrayList<>();
        for (int y = 0; y < byRank.size(); y++) {
            for (int x = 0; x < regWeights.size(); x++) {
                Double frequency = byRank.get(y).frequencies().get(x);
                if (frequency != null) {
                    cells.add(Arrays.asList((double) x, (double) y, frequency));
                }
            }
        }
        long different = cells.stream().map(cell -> cell.get(2)).distinct().count();
        return different < 2
                ? Optional.empty()
                : Optional.of(new HeatMap(
                        regWeights, byRank.stream().map(Feature::name).toList(), cells, shown, of));
    }

    Optional<Index> index(@Nullable String layer) {
        return agreed.size() < 2 ? Optional.empty() : Optional.of(new Index(agreed, isLog(), layer));
    }
}
