package org.winnow.job;

import static org.winnow.check.Check.atLeast;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.winnow.kernel.Noise;
import org.winnow.model.GateResult;
import org.winnow.model.Setting;
import org.winnow.model.TrialResult;
import org.winnow.table.SweepTables;
import org.winnow.table.Tables;

/** {@code jobs/bench.sh tables}: how long the tables of a large sweep take, on trials that are made up. */
final class TablesBench {
    private static final String PATH = "gates.reg_weight";
    private static final int THRESHOLDS = 9;
    private static final int PARTITIONS = 16;

    private TablesBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Trials", byDefault = "10000") int trials,

            @Setting(value = "Gates of each", byDefault = "30")
            int gates,

            @Setting(value = "Seeds: trials that differ in nothing else", byDefault = "10")
            int seeds) {
        Config {
            atLeast(1, trials, "trials");
            atLeast(1, gates, "gates");
            atLeast(1, seeds, "seeds");
        }
    }

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench tables",
                "seconds to make the tables of a sweep of made-up trials",
                Config.class,
                TablesBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        Path dir = Files.createTempDirectory("winnow-tables");
        int gates = config.gates();
        int seeds = config.seeds();
        List<Integer> numbers = IntStream.range(0, config.trials()).boxed().toList();
        JavaRDD<Integer> trials =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(numbers, PARTITIONS);
        write(spark.createDataFrame(trials.map(i -> trial(i, seeds, gates)), Tables.SWEEP_TRIALS), dir, "trials");
        write(
                spark.createDataFrame(
                        trials.flatMap(i -> IntStream.range(0, gates)
                                .mapToObj(gate -> Tables.row(gate(i, gate)))
                                .iterator()),
                        Tables.GATES),
                dir,
                "gates");
        long started = System.nanoTime();
        Dataset<Row> all = spark.read().parquet(dir.resolve("trials").toString());
        write(
                SweepTables.stability(
                        all, spark.read().parquet(dir.resolve("gates").toString()), PATH, 0.9),
                dir,
                "stability");
        write(
                SweepTables.consensus(
                        spark.read().parquet(dir.resolve("stability").toString())),
                dir,
                "consensus");
        write(SweepTables.front(all, PATH), dir, "front");
        double seconds = (System.nanoTime() - started) * 1e-9;
        System.out.println(new ObjectMapper()
                .writeValueAsString(
                        Map.of("bench", "tables", "trials", config.trials(), "gates", gates, "seconds", seconds)));
        FileUtils.deleteDirectory(dir.toFile());
    }

    private static void write(Dataset<Row> rows, Path dir, String name) {
        rows.write().parquet(dir.resolve(name).toString());
    }

    private static boolean selected(int trial, int gate) {
        return Noise.of(1).child(trial).uniform(gate) < 0.3;
    }

    private static Row trial(int number, int seeds, int gates) {
        int configuration = number / seeds;
        int kept = (int)
                IntStream.range(0, gates).filter(gate -> selected(number, gate)).count();
        return Tables.row(
                new TrialResult(
                        "trial-" + number,
                        "select",
                        "stochastic-gates",
                        Map.of(
                                PATH,
                                String.valueOf(0.001 * (1 + configuration / THRESHOLDS)),
                                "select.threshold",
                                String.valueOf(0.1 * (1 + configuration % THRESHOLDS)),
                                "data.test_fraction",
                                "0.5"),
                        number % seeds,
                        2,
                        "done",
                        100,
                        0.1,
                        0.1,
                        "accuracy",
                        Noise.of(2).uniform(number),
                        1,
                        0.5,
                        1 - (double) kept / gates,
                        kept,
                        gates,
                        1,
                        ""),
                "training-" + number / THRESHOLDS,
                null,
                "configuration-" + configuration,
                0.1 * (1 + configuration % THRESHOLDS),
                null,
                null);
    }

    private static GateResult gate(int trial, int gate) {
        double value = Noise.of(3).child(trial).uniform(gate);
        return new GateResult(
                "trial-" + trial,
                "gates",
                gate,
                "x" + gate,
                value,
                value,
                value,
                value,
                0.1,
                value,
                0.1,
                Double.NaN,
                Double.NaN,
                gate + 1,
                selected(trial, gate));
    }
}
