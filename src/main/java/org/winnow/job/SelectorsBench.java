package org.winnow.job;

import static org.winnow.check.Check.atLeast;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.PredictionModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorSlicer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.winnow.model.Setting;

/**
 * {@code jobs/bench.sh selectors}: as many features by our selector as by others, how many of them matter, and what a random
 * forest of Spark's makes of them on held-out rows. A selector with several settings takes the one whose features serve the
 * forest best on a part of the training rows, and selects anew on all of those.
 */
final class SelectorsBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TEST_FRACTION = 0.25;
    private static final double VALIDATION_FRACTION = 0.25;
    private static final int TREES = 100;
    private static final int DEPTH = 12;

    private SelectorsBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(
                    value = "Folder with madelon.libsvm.gz and breast-cancer.csv; empty: MADELON is left out",
                    byDefault = "\"\"")
            String data,

            @Setting(value = "Features that every selector keeps", byDefault = "5")
            int k,

            @Setting(value = "Run seeds 1 to this", byDefault = "3")
            int seeds,

            @Setting(value = "Only data whose name has this in it", byDefault = "\"\"")
            String only) {
        Config {
            atLeast(1, k, "k");
            atLeast(1, seeds, "seeds");
        }
    }

    /** What a selector came to on the rows of a seed. */
    private record Run(OptionalLong recovered, double metric) {}

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench selectors",
                "features that matter and accuracy on them, by our selector and by others",
                Config.class,
                SelectorsBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        if (config.data().isEmpty()) {
            System.err.println("bench: MADELON is left out; data=DIR says where madelon.libsvm.gz is");
        }
        if (!XgboostImportances.available()) {
            System.err.println("bench: XGBoost is left out; the README says how to have it");
        }
        List<String> table = new ArrayList<>(List.of("| data | selector | recovered | metric |", "|---|---|---|---|"));
        for (String name : List.of("xor-5", "friedman1", "madelon", "breast-cancer")) {
            boolean there = !name.equals("madelon") || !config.data().isEmpty();
            if (there && name.contains(config.only())) {
                table.addAll(compare(spark, config, name));
            }
        }
        table.forEach(System.out::println);
    }

    /** Prints a line for each selector; returns them as rows of a table. */
    private static List<String> compare(SparkSession spark, Config config, String name) throws IOException {
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        boolean classes = true;
        for (int seed = 1; seed <= config.seeds(); seed++) {
            SelectorsData data = data(spark, config, name, seed);
            classes = data.classes();
            for (Contender contender : Contenders.all(seed)) {
                runs.computeIfAbsent(contender.name(), key -> new ArrayList<>())
                        .add(run(spark, data, contender, config.k(), seed));
            }
        }
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, List<Run>> entry : runs.entrySet()) {
            Map<String, @Nullable Object> line = line(name, entry.getKey(), classes, config.k(), entry.getValue());
            System.out.println(JSON.writeValueAsString(line));
            rows.add(row(line));
        }
        return rows;
    }

    private static SelectorsData data(SparkSession spark, Config config, String name, long seed) {
        return switch (name) {
            case "xor-5" -> SelectorsData.synthetic(name, true, "synthetic:xor-5?rows=20000&features=10", seed);
            case "friedman1" -> SelectorsData.synthetic(name, false, "synthetic:friedman1?rows=1000", seed);
            case "madelon" -> SelectorsData.madelon(spark, config.data(), seed);
            default -> SelectorsData.breastCancer(spark, config.data().isEmpty() ? bundled() : config.data(), seed);
        };
    }

    private static String bundled() {
        String home = System.getenv("WINNOW_HOME");
        return (home == null ? "." : home) + "/src/main/data";
    }

    private static Run run(SparkSession spark, SelectorsData data, Contender contender, int k, long seed) {
        int all = data.rows().size();
        int train = (int) Math.round(all * (1 - TEST_FRACTION));
        Contender.Setting best = best(spark, data, contender, k, seed, train);
        try (SelectorsData.Halves halves = data.halves(spark, train, all)) {
            int[] places = best.select(halves.learned(), data.classes(), k);
            OptionalLong recovered = data.relevant()
                    .map(relevant -> OptionalLong.of(Contender.recovered(places, relevant)))
                    .orElse(OptionalLong.empty());
            return new Run(recovered, metric(halves, data.classes(), places, seed));
        }
    }

    /** The setting whose features are worth most on the last of the training rows. */
    private static Contender.Setting best(
            SparkSession spark, SelectorsData data, Contender contender, int k, long seed, int train) {
        Contender.Setting best = contender.settings().get(0);
        if (contender.settings().size() == 1) {
            return best;
        }
        int learned = (int) Math.round(train * (1 - VALIDATION_FRACTION));
        double highest = Double.NEGATIVE_INFINITY;
        try (SelectorsData.Halves halves = data.halves(spark, learned, train)) {
            for (Contender.Setting setting : contender.settings()) {
                int[] places = setting.select(halves.learned(), data.classes(), k);
                double metric = metric(halves, data.classes(), places, seed);
                if (metric > highest) {
                    highest = metric;
                    best = setting;
                }
            }
        }
        return best;
    }

    /** Accuracy, or R², of a forest that sees these features alone. */
    private static double metric(SelectorsData.Halves halves, boolean classes, int[] places, long seed) {
        VectorSlicer slicer =
                new VectorSlicer().setInputCol("features").setOutputCol("kept").setIndices(places);
        Dataset<Row> learned = slicer.transform(halves.learned());
        PredictionModel<Vector, ?> forest = classes
                ? new RandomForestClassifier()
                        .setFeaturesCol("kept")
                        .setNumTrees(TREES)
                        .setMaxDepth(DEPTH)
                        .setSeed(seed)
                        .fit(learned)
                : new RandomForestRegressor()
                        .setFeaturesCol("kept")
                        .setNumTrees(TREES)
                        .setMaxDepth(DEPTH)
                        .setSeed(seed)
                        .fit(learned);
        Dataset<Row> answers = forest.transform(slicer.transform(halves.judged()));
        return classes
                ? new MulticlassClassificationEvaluator()
                        .setMetricName("accuracy")
                        .evaluate(answers)
                : new RegressionEvaluator().setMetricName("r2").evaluate(answers);
    }

    /** Means over runs. */
    private static Map<String, @Nullable Object> line(
            String data, String selector, boolean classes, int k, List<Run> runs) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("bench", "selectors");
        line.put("data", data);
        line.put("selector", selector);
        line.put("seeds", runs.size());
        if (runs.get(0).recovered().isPresent()) {
            line.put(
                    "recovered",
                    mean(runs.stream()
                            .mapToDouble(run -> run.recovered().orElseThrow())
                            .toArray()));
        } else {
            line.put("recovered", null);
        }
        line.put("of", k);
        line.put("metric", mean(runs.stream().mapToDouble(Run::metric).toArray()));
        line.put("metric_name", classes ? "accuracy" : "r2");
        return line;
    }

    /** The same as a row of a table for people. */
    private static String row(Map<String, @Nullable Object> line) {
        Object recovered = line.get("recovered");
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s %s |",
                line.get("data"),
                line.get("selector"),
                recovered == null ? "" : recovered + " of " + line.get("of"),
                line.get("metric_name"),
                line.get("metric"));
    }

    private static double mean(double... numbers) {
        return Math.round(DoubleStream.of(numbers).average().orElseThrow() * 1e4) / 1e4;
    }
}
