package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.winnow.data.DataLoader;
import org.winnow.data.LoadedData;
import org.winnow.model.FeatureResult;
import org.winnow.model.Setting;
import org.winnow.report.Progress;
import org.winnow.select.FeatureSelection;
import org.winnow.select.SelectOptions.By;
import org.winnow.select.Selection;
import org.winnow.train.TrainingData;

/**
 * {@code jobs/bench.sh selection}: does the select job find the features that are known to matter? Every data set is run
 * with the job's defaults under several seeds; a JSON line for each run, and one for the means.
 */
final class SelectionBench {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SelectionBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Folder with madelon.libsvm.gz; empty: MADELON is left out", byDefault = "\"\"")
            String data,

            @Setting(value = "What selects, as select.by has it", byDefault = "ranking")
            By by,

            @Setting(value = "Only data whose name has this in it", byDefault = "\"\"")
            String only,

            @Setting(value = "Run seeds 1 to this", byDefault = "5")
            int seeds) {
        Config {
            that(seeds >= 1, "seeds", "at least 1", seeds);
        }
    }

    /** A data set, where it is for a seed, and the names of the features that matter if they are known. */
    private record Subject(String name, Map<String, String> keys, Optional<Set<String>> relevant) {}

    /** What a run came to. */
    private record Run(
            int kept,
            OptionalInt relevantKept,
            boolean exact,
            double metric,
            double metricAllFeatures,
            double seconds) {}

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench selection",
                "features found by the select job, over seeds, on data whose relevant features are known",
                Config.class,
                SelectionBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        if (config.data().isEmpty()) {
            System.err.println("bench: MADELON is left out; data=DIR says where madelon.libsvm.gz is");
        }
        List<String> names = new ArrayList<>(List.of("breast-cancer", "two-moons", "sin-cos3"));
        if (!config.data().isEmpty()) {
            names.add("madelon");
        }
        names.removeIf(name -> !name.contains(config.only()));
        for (String name : names) {
            List<Run> runs = new ArrayList<>();
            String metric = "";
            for (int seed = 1; seed <= config.seeds(); seed++) {
                Subject subject = subject(name, seed, config);
                Selection selection = select(spark, subject);
                Run run = judge(subject, selection);
                metric = selection.trial().metric();
                runs.add(run);
                print(line(name, "seed", seed, metric, List.of(run)));
            }
            print(line(name, "seeds", config.seeds(), metric, runs));
        }
    }

    private static Subject subject(String name, int seed, Config config) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("train.seed", String.valueOf(seed));
        keys.put("select.by", config.by().name().toLowerCase(Locale.ROOT));
        switch (name) {
            case "breast-cancer" -> {
                String home = Optional.ofNullable(System.getenv("WINNOW_HOME")).orElse(".");
                keys.put("data.path", home + "/src/main/data/breast-cancer.csv");
                keys.put("data.label", "diagnosis");
                return new Subject(name, keys, Optional.empty());
            }
            case "madelon" -> {
                keys.put("data.path", config.data() + "/madelon.libsvm.gz");
                return new Subject(
                        name,
                        keys,
                        Optional.of(SelectorsData.MADELON_SIGNAL.stream()
                                .map(i -> "f" + i)
                                .collect(Collectors.toSet())));
            }
            default -> {
                keys.put("data.path", "synthetic:" + name + "?rows=1000&seed=" + seed);
                return new Subject(name, keys, Optional.of(Set.of("x1", "x2")));
            }
        }
    }

    private static Selection select(SparkSession spark, Subject subject) {
        SelectConfig config = SettingsReader.read(SelectConfig.class, Optional.empty(), subject.keys());
        LoadedData data = DataLoader.load(
                spark, config.data(), config.train().shards(), config.train().seed());
        try {
            Progress progress = Progress.onStandardError();
            TrainingData rows = TrainingData.of(data, config.train());
            return FeatureSelection.fit(
                    rows,
                    config.selection(),
                    SettingsReader.flatten(config),
                    (phase, round, open) -> TrainingProgress.show(progress, rows, phase, round, "open " + open + "  "));
        } finally {
            data.shards().unpersist();
        }
    }

    private static Run judge(Subject subject, Selection selection) {
        Set<String> kept = selection.features().stream()
                .filter(FeatureResult::selected)
                .map(FeatureResult::name)
                .collect(Collectors.toCollection(TreeSet::new));
        OptionalInt relevant = subject.relevant()
                .map(names -> OptionalInt.of(
                        Math.toIntExact(kept.stream().filter(names::contains).count())))
                .orElse(OptionalInt.empty());
        return new Run(
                kept.size(),
                relevant,
                subject.relevant().map(kept::equals).orElse(false),
                selection.trial().testMetric(),
                selection.trial().testMetricAllFeatures(),
                selection.trial().seconds());
    }

    /** The numbers of a run, or their means over runs. */
    private static Map<String, Object> line(String data, String counted, int seed, String metric, List<Run> runs) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "selection");
        line.put("data", data);
        line.put(counted, seed);
        line.put("kept", mean(runs, Run::kept));
        if (runs.get(0).relevantKept().isPresent()) {
            line.put("relevant_kept", mean(runs, run -> run.relevantKept().orElse(0)));
            line.put("exact", runs.stream().filter(Run::exact).count());
        }
        line.put("metric", metric);
        line.put("test_metric", mean(runs, Run::metric));
        line.put("test_metric_all_features", mean(runs, Run::metricAllFeatures));
        line.put("seconds", mean(runs, Run::seconds));
        return line;
    }

    private static double mean(List<Run> runs, ToDoubleFunction<Run> number) {
        double mean = runs.stream().mapToDouble(number).average().orElseThrow();
        return Math.round(mean * 1e5) / 1e5;
    }

    private static void print(Map<String, Object> line) throws IOException {
        System.out.println(JSON.writeValueAsString(line));
    }
}
