package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.winnow.bench.Floor;
import org.winnow.bench.LayerKind;
import org.winnow.data.Block;
import org.winnow.kernel.Noise;
import org.winnow.model.Setting;
import org.winnow.train.Head;
import org.winnow.train.StepRate;

/**
 * {@code jobs/bench.sh layers}: samples per second of training each kind of layer, in lines of the form of {@code
 * src/bench/torch_baseline.py}, and its step held against the matrix products in it.
 */
final class LayersBench {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LayersBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Workers side by side, one native thread each", byDefault = "1")
            int threads,

            @Setting(value = "Rows of a minibatch; 100 for LeNet-5 whatever is said", byDefault = "128", unit = "rows")
            int batch,

            @Setting(
                    value = "How long each kind is trained, while the JVM compiles it too; its best 100 steps count",
                    byDefault = "10",
                    unit = "s")
            double seconds,

            @Setting(value = "Only the kind of this name, or kinds whose names have this in them", byDefault = "\"\"")
            String only) {
        Config {
            that(threads >= 1 && threads <= 1024, "threads", "in 1 .. 1024", threads);
            that(batch >= 1 && batch <= 1_000_000, "batch", "in 1 .. 1000000", batch);
            that(seconds > 0, "seconds", "above 0", seconds);
            requireSome(only);
        }
    }

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench layers",
                "samples per second of training each kind of layer, and its step against the products in it",
                Config.class,
                LayersBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        spark.stop();
        for (LayerKind kind : LayerKind.with(config.only())) {
            double rate = rate(kind, config);
            print(line(kind, config, rate));
            if (config.threads() == 1) {
                print(against(Floor.of(kind, kind.batch(config.batch())), kind, rate, config));
            }
        }
    }

    static void requireSome(String only) {
        String all = Arrays.stream(LayerKind.values()).map(LayerKind::label).collect(Collectors.joining(", "));
        that(!LayerKind.with(only).isEmpty(), "only", "part of one of " + all, only);
    }

    /** Samples per second. */
    static double rate(LayerKind kind, Config config) {
        int batch = kind.batch(config.batch());
        try {
            return StepRate.measure(
                    kind.network(),
                    rows(StepRate.STEPS * batch),
                    Head.classes(LayerKind.CLASSES),
                    batch,
                    config.threads(),
                    config.seconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static void print(Map<String, Object> line) throws IOException {
        System.out.println(JSON.writeValueAsString(line));
    }

    private static Map<String, Object> line(LayerKind kind, Config config, double rate) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("layer", kind.label());
        line.put("threads", config.threads());
        line.put("batch", kind.batch(config.batch()));
        line.put("samples_per_second", Math.round(rate));
        return line;
    }

    private static Map<String, Object> against(Floor floor, LayerKind kind, double rate, Config config) {
        double seconds = kind.batch(config.batch()) / rate;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "floor");
        line.put("layer", kind.label());
        line.put("step_ms", rounded(1e3 * seconds));
        line.put("gemm_ms", rounded(1e3 * floor.seconds()));
        line.put("gemm_gflops", rounded(floor.flops() / floor.seconds() * 1e-9));
        line.put("bytes_ms", rounded(1e3 * floor.bytes() / floor.bytesPerSecond()));
        line.put("memory_gb_per_second", rounded(floor.bytesPerSecond() * 1e-9));
        line.put("ratio_to_floor", rounded(seconds / floor.total()));
        line.put("share_outside_gemm", rounded(1 - floor.seconds() / seconds));
        line.put("ratio_to_gemm", rounded(seconds / floor.seconds()));
        return line;
    }

    static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    private static Block rows(int count) {
        Noise noise = Noise.of(1);
        float[] inputs = new float[count * LayerKind.INPUTS];
        noise.child(0).uniform(inputs, 0);
        float[] targets = new float[count];
        noise.child(1).uniform(targets, 0);
        for (int row = 0; row < count; row++) {
            targets[row] = (int) (targets[row] * LayerKind.CLASSES);
        }
        return new Block(count, LayerKind.INPUTS, inputs, targets);
    }
}
