package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.data.LoadedData;
import org.winnow.model.LayerCost;
import org.winnow.model.Setting;
import org.winnow.model.TrialId;
import org.winnow.prune.NetworkPruning;
import org.winnow.prune.Pruned;
import org.winnow.surgery.Delivery;
import org.winnow.train.TrainingData;

/**
 * {@code jobs/bench.sh mnist}: published figures of pruning on MNIST, measured again. Every run is kept as a file, by its
 * row, seed and configuration, and is not done again; a run that was stopped goes on from its checkpoint.
 */
final class MnistBench {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A row of the benchmark; its recipe is {@code conf/prune-mnist-NETWORK-METHOD.conf}. */
    private enum Row {
        LENET_300_100_VD("lenet-300-100", "vd", 3, "1.92 % at 68 (Molchanov et al. 2017)"),
        LENET_300_100_ARD("lenet-300-100", "ard", 3, "none for ARD"),
        LENET_300_100_L0("lenet-300-100", "l0", 3, "1.8 % with 266-88-33 (Louizos et al. 2018)"),
        LENET_300_100_CONTINUOUS("lenet-300-100", "continuous", 3, "none on MNIST"),
        LENET_300_100_MAGNITUDE("lenet-300-100", "magnitude", 3, "1.59 % at 12 (Han et al. 2015)"),
        LENET_300_100_LOTTERY(
                "lenet-300-100", "lottery", 3, "the full network's error down to 3.5 % (Frankle and Carbin 2019)"),
        LENET_5_VD("lenet-5", "vd", 1, "0.75 % at 280 (Molchanov et al. 2017)"),
        LENET_5_L0("lenet-5", "l0", 1, "1.0 % with 9-18-65-25 (Louizos et al. 2018)"),
        LENET_5_COMPLEX_VD("lenet-5-complex", "vd", 1, "1.27 % at 100, 10,000 images (Nazarov and Burnaev 2020)");

        private final String network;
        private final String method;
        private final int seeds;
        private final String published;

        Row(String network, String method, int seeds, String published) {
            this.network = network;
            this.method = method;
            this.seeds = seeds;
            this.published = published;
        }

        String key() {
            return network + "-" + method;
        }
    }

    /** What a run came to; kept as JSON. */
    record Run(
            double errorPercent,
            double denseErrorPercent,
            double compression,
            List<Double> layerSparsity,
            List<Integer> units,
            double seconds) {}

    /** What the benchmark can be told. */
    record Config(
            @Setting("Folder with MNIST's idx files, gzipped or not")
            String data,

            @Setting(value = "Rows to run, as [lenet-300-100-vd, lenet-5-l0]; empty: all", byDefault = "[]")
            List<String> only,

            @Setting(value = "Seeds of each row, from 1; 0: as many as the row has", byDefault = "0")
            int seeds,

            @Setting(
                    value = "Keys of jobs/prune.sh that are to be otherwise in all rows, as [train.epochs=2]",
                    byDefault = "[]")
            List<String> set,

            @Setting(value = "Folder where finished runs and checkpoints are kept", byDefault = "out/bench-mnist")
            String keep) {
        Config {
            that(!data.isBlank(), "data", "a folder", "\"" + data + "\"");
            that(seeds >= 0, "seeds", "at least 0", seeds);
            only.forEach(name -> that(
                    List.of(Row.values()).stream().anyMatch(row -> row.key().equals(name)),
                    "only",
                    "of " + List.of(Row.values()).stream().map(Row::key).toList(),
                    name));
            set.forEach(pair -> that(pair.indexOf('=') > 0, "set", "a list of key=value", pair));
        }
    }

    private MnistBench() {}

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench mnist",
                "networks pruned on MNIST, next to published figures; finished runs are kept and not done again",
                Config.class,
                MnistBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        for (Row row : Row.values()) {
            if (!config.only().isEmpty() && !config.only().contains(row.key())) {
                continue;
            }
            List<Run> runs = new ArrayList<>();
            int seeds = config.seeds() > 0 ? config.seeds() : row.seeds;
            for (int seed = 1; seed <= seeds; seed++) {
                runs.add(keptOrDone(spark, config, row, seed));
            }
            System.out.println(JSON.writeValueAsString(line(row, runs)));
            System.err.println(beside(row, runs));
        }
    }

    private static Run keptOrDone(SparkSession spark, Config config, Row row, int seed) throws IOException {
        Path folder = Path.of(config.keep());
        Map<String, String> keys = keys(config, folder, seed);
        PruneConfig pruning = SettingsReader.read(PruneConfig.class, Optional.of(recipe(row)), keys);
        String id = TrialId.of(SettingsReader.flatten(pruning), "mnist");
        Path file = folder.resolve(row.key() + "-seed" + seed + "-" + id + ".json");
        if (Files.exists(file)) {
            return JSON.readValue(Files.readAllBytes(file), Run.class);
        }
        System.err.println(row.key() + ", seed " + seed);
        Run run = done(spark, pruning);
        Files.createDirectories(folder);
        Path aside = folder.resolve("." + file.getFileName());
        Files.write(aside, JSON.writeValueAsBytes(run));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        return run;
    }

    private static Path recipe(Row row) {
        String home = Optional.ofNullable(System.getenv("WINNOW_HOME")).orElse(".");
        return Path.of(home, "conf", "prune-mnist-" + row.key() + ".conf");
    }

    private static Map<String, String> keys(Config config, Path folder, int seed) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("data.path", config.data() + "/*-images-idx3-ubyte*");
        keys.put("data.format", "idx");
        keys.put("train.seed", String.valueOf(seed));
        keys.put("train.checkpoint.dir", folder.resolve("checkpoints").toString());
        config.set().forEach(pair -> {
            int equals = pair.indexOf('=');
            keys.put(pair.substring(0, equals), pair.substring(equals + 1));
        });
        return keys;
    }

    private static Run done(SparkSession spark, PruneConfig config) {
        LoadedData data = PruneJob.load(spark, config);
        try {
            if (data.testRows() == 0) {
                throw new UserError("data must hold test images (t10k-…) to judge on");
            }
            TrainingData rows = TrainingData.of(data, config.train());
            Pruned pruned = NetworkPruning.fit(
                    rows, config.pruning(null), config.params(null), PruneJob.listener(rows, Optional.empty()));
            return run(pruned, pruned.delivery(data));
        } finally {
            data.shards().unpersist();
        }
    }

    private static Run run(Pruned pruned, Delivery delivery) {
        return new Run(
                percent(pruned.trial().testMetric()),
                percent(pruned.trial().testMetricAllFeatures()),
                pruned.relevance().get(0).compression(),
                pruned.relevance().stream()
                        .limit(delivery.before().size())
                        .map(layer -> layer.sparsity())
                        .toList(),
                // As papers give sizes: channels of convolutions, inputs of dense layers.
                delivery.after().stream()
                        .map(layer -> isConvolution(layer) ? layer.units() : layer.inputs())
                        .toList(),
                pruned.trial().seconds());
    }

    private static boolean isConvolution(LayerCost layer) {
        return layer.layer().startsWith("conv");
    }

    private static double percent(double accuracy) {
        return 100 * (1 - accuracy);
    }

    private static Map<String, Object> line(Row row, List<Run> runs) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "mnist");
        line.put("network", row.network);
        line.put("method", row.method);
        line.put("error_percent", mean(runs.stream().map(Run::errorPercent).toList()));
        line.put("compression", mean(runs.stream().map(Run::compression).toList()));
        line.put("layer_sparsity", means(runs.stream().map(Run::layerSparsity).toList()));
        line.put("units", means(runs.stream().map(Run::units).toList()));
        line.put("seeds", runs.size());
        return line;
    }

    private static List<Double> means(List<? extends List<? extends Number>> lists) {
        return IntStream.range(0, lists.get(0).size())
                .mapToObj(i -> mean(lists.stream().map(list -> list.get(i)).toList()))
                .toList();
    }

    private static double mean(List<? extends Number> numbers) {
        double mean =
                numbers.stream().mapToDouble(Number::doubleValue).average().orElseThrow();
        return Math.round(mean * 1e4) / 1e4;
    }

    private static String beside(Row row, List<Run> runs) {
        return String.format(
                Locale.ROOT,
                "%s: error %s %%, compression %s%s, %s s a run; published: %s",
                row.key(),
                spread(runs.stream().map(Run::errorPercent).toList()),
                spread(runs.stream().map(Run::compression).toList()),
                dense(runs),
                spread(runs.stream().map(Run::seconds).toList()),
                row.published);
    }

    /** Of rows that learn to be sparse from scratch there is none. */
    private static String dense(List<Run> runs) {
        List<Double> errors = runs.stream().map(Run::denseErrorPercent).toList();
        return errors.stream().anyMatch(error -> error.isNaN()) ? "" : ", dense " + spread(errors) + " %";
    }

    /** Mean, and what the runs range over. */
    private static String spread(List<Double> numbers) {
        double least = numbers.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = numbers.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", mean(numbers), least, most);
    }
}
