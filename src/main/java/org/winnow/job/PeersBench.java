package org.winnow.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.data.DataLoader;
import org.winnow.data.LoadedData;
import org.winnow.model.Setting;
import org.winnow.select.FeatureRanking;
import org.winnow.train.TrainingData;

/**
 * {@code jobs/bench.sh peers}: ranks the features of training rows that a script of the peers' has split off, and writes
 * the order where that script judges it beside theirs.
 */
final class PeersBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROWS = ".libsvm";

    private PeersBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting("Folder with train/NAME-SPLIT.libsvm; rank/winnow-NAME-SPLIT.csv is written beside")
            String data,

            @Setting(value = "Only files whose name has this in it", byDefault = "\"\"")
            String only,

            @Setting(value = "Seed of what is drawn", byDefault = "1")
            long seed) {}

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench peers",
                "features ranked on the splits that peers rank, to be judged alike",
                Config.class,
                PeersBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        Path folder = Path.of(config.data());
        Path ranks = Files.createDirectories(folder.resolve("rank"));
        for (Path file : files(folder.resolve("train"), config.only())) {
            long started = System.nanoTime();
            String name = file.getFileName().toString().replace(ROWS, "");
            List<FeatureRanking.Ranked> ranked = rank(spark, file, config);
            double seconds = (System.nanoTime() - started) * 1e-9;
            Files.write(
                    ranks.resolve("winnow-" + name + ".csv"),
                    Stream.concat(Stream.of("name"), ranked.stream().map(FeatureRanking.Ranked::name))
                            .toList());
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("bench", "peers");
            line.put("data", name);
            line.put("features", ranked.size());
            line.put(
                    "first",
                    ranked.stream().limit(10).map(FeatureRanking.Ranked::name).toList());
            line.put("seconds", Math.round(seconds * 1e3) / 1e3);
            System.out.println(JSON.writeValueAsString(line));
        }
    }

    private static List<Path> files(Path folder, String only) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UserError("data: there is no folder " + folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ROWS)
                            && file.getFileName().toString().contains(only))
                    .sorted()
                    .collect(Collectors.toList());
            if (found.isEmpty()) {
                throw new UserError("data: no file *" + only + "*" + ROWS + " in " + folder);
            }
            return found;
        }
    }

    private static List<FeatureRanking.Ranked> rank(SparkSession spark, Path file, Config config) {
        Map<String, String> keys = Map.of(
                "data.path",
                file.toString(),
                "data.task",
                "classification",
                "data.test_fraction",
                "0",
                "train.seed",
                String.valueOf(config.seed()));
        SelectConfig select = SettingsReader.read(SelectConfig.class, Optional.empty(), keys);
        LoadedData data = DataLoader.load(
                spark, select.data(), select.train().shards(), select.train().seed());
        try {
            return FeatureRanking.of(
                    TrainingData.of(data, select.train()), select.gates().groups(), select.network(), config.seed());
        } finally {
            data.shards().unpersist();
        }
    }
}
