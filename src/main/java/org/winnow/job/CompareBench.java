package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.winnow.bench.LayerKind;
import org.winnow.check.UserError;
import org.winnow.model.Setting;

/** {@code jobs/bench.sh compare}: this project's training steps against PyTorch's, turn by turn on one machine. */
final class CompareBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = "src/bench/torch_baseline.py";

    private CompareBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Times that both are run", byDefault = "3")
            int turns,

            @Setting(value = "How long each kind is timed in a turn", byDefault = "1", unit = "s")
            double seconds,

            @Setting(
                    value = "How long each kind is trained before, while the JVM compiles it",
                    byDefault = "8",
                    unit = "s")
            double warmUp,

            @Setting(value = "Only the kind of this name, or kinds whose names have this in them", byDefault = "\"\"")
            String only,

            @Setting(value = "A Python that has torch", byDefault = "/usr/bin/python3")
            String python) {
        Config {
            that(turns >= 1, "turns", "at least 1", turns);
            that(seconds > 0, "seconds", "above 0", seconds);
            that(warmUp > 0, "warm_up", "above 0", warmUp);
            LayersBench.requireSome(only);
        }
    }

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench compare",
                "samples per second of training each kind of layer, as a multiple of PyTorch's",
                Config.class,
                CompareBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        spark.stop();
        List<LayerKind> kinds = LayerKind.with(config.only());
        kinds.forEach(kind -> ours(kind, config.warmUp()));
        Map<LayerKind, List<Double>> ratios = new LinkedHashMap<>();
        for (int turn = 0; turn < config.turns(); turn++) {
            for (LayerKind kind : kinds) {
                double torch = torch(kind, config);
                ratios.computeIfAbsent(kind, k -> new ArrayList<>()).add(ours(kind, config.seconds()) / torch);
            }
        }
        for (Map.Entry<LayerKind, List<Double>> entry : ratios.entrySet()) {
            LayersBench.print(line(entry.getKey(), entry.getValue()));
        }
    }

    /** Our samples per second. */
    private static double ours(LayerKind kind, double seconds) {
        return LayersBench.rate(kind, new LayersBench.Config(1, 128, seconds, kind.label()));
    }

    private static Map<String, Object> line(LayerKind kind, List<Double> ratios) {
        Collections.sort(ratios);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "compare");
        line.put("layer", kind.label());
        line.put("ratio", LayersBench.rounded(ratios.get(ratios.size() / 2)));
        line.put("min", LayersBench.rounded(ratios.get(0)));
        line.put("max", LayersBench.rounded(ratios.get(ratios.size() - 1)));
        return line;
    }

    /** PyTorch's samples per second. */
    private static double torch(LayerKind kind, Config config) throws IOException {
        Path root = Path.of(Optional.ofNullable(System.getenv("WINNOW_HOME")).orElse(""));
        Process process = new ProcessBuilder(
                        config.python(),
                        root.resolve(SCRIPT).toString(),
                        "seconds=" + config.seconds(),
                        "layer=" + kind.label())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode answer;
        try (BufferedReader lines = process.inputReader()) {
            answer = JSON.readTree(lines.lines().collect(Collectors.joining("\n")));
        }
        if (!answer.path("layer").asText().equals(kind.label())) {
            throw new UserError("python: " + config.python() + " " + SCRIPT + " said nothing of " + kind.label()
                    + "; it needs torch (Debian: python3-torch, libopenblas0)");
        }
        return answer.path("samples_per_second").asDouble();
    }
}
