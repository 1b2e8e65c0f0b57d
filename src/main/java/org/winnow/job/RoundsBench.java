package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.winnow.bench.Copying;
import org.winnow.model.NetworkState;
import org.winnow.model.Setting;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.RoundCost;
import org.winnow.train.TrainOptions;

/**
 * {@code jobs/bench.sh rounds}: seconds per averaging round beside its training steps, here and on a standalone cluster of
 * two executors of one core, for this project's trainer, for DL4J's master, and for a Spark job that does nothing; and how
 * long a copy of the bytes alone takes, which go to two tasks and come back from them.
 */
final class RoundsBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INPUTS = 784;
    private static final Head HEAD = Head.classes(10);

    /** Of a parameter: itself and Adam's two moments. */
    private static final int STATE = 3 * Float.BYTES;

    /** To two tasks and back. */
    private static final int COPIES = 4;

    private RoundsBench() {}

    /** Seconds that the state of so many parameters is on its way, as bytes alone. */
    @FunctionalInterface
    private interface CopyTime {
        double seconds(int parameters) throws IOException;
    }

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Rounds timed, of which the median is taken", byDefault = "20", unit = "rounds")
            int rounds) {
        Config {
            that(rounds >= 1, "rounds", "at least 1", rounds);
        }
    }

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench rounds",
                "seconds per averaging round beside its training, local and on a standalone cluster",
                Config.class,
                RoundsBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        SparkConf conf = spark.sparkContext().getConf();
        spark.stop();
        measure(
                conf.clone().setMaster("local[2]"),
                "local",
                config.rounds(),
                parameters -> Copying.inMemory((long) COPIES * STATE * parameters));
        Path root = Path.of(Optional.ofNullable(System.getenv("WINNOW_HOME")).orElse(""));
        try (LocalCluster cluster = LocalCluster.startForBenchmark(root, 2, List.of())) {
            measure(
                    conf.clone().setMaster(cluster.url()).set("spark.driver.host", "127.0.0.1"),
                    "standalone",
                    config.rounds(),
                    parameters -> Copying.throughLoopback(STATE * parameters, COPIES));
        }
    }

    private static void measure(SparkConf conf, String where, int rounds, CopyTime copy) throws IOException {
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            print("empty", where, 0, RoundCost.empty(spark, rounds));
            TrainOptions options = TrainOptions.of(1, 1, 1e-3, 1, 1);
            for (List<Integer> hidden : List.of(List.of(300, 100), List.of(2048, 1650))) {
                NetworkState network = Networks.build(
                        Optional.empty(),
                        INPUTS,
                        HEAD,
                        new NetworkOptions(hidden, NetworkOptions.Activation.RELU),
                        options);
                int parameters = network.parameters().length;
                print("copy", where, parameters, copy.seconds(parameters));
                print("winnow", where, parameters, RoundCost.winnow(spark, network, INPUTS, HEAD, options, rounds));
                print("dl4j", where, parameters, RoundCost.dl4j(spark, network, INPUTS, HEAD.width(), rounds));
            }
        }
    }

    private static void print(String master, String where, int parameters, double seconds) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "rounds");
        line.put("master", master);
        line.put("where", where);
        line.put("parameters", parameters);
        line.put("seconds_per_round", Math.round(seconds * 1e5) / 1e5);
        System.out.println(JSON.writeValueAsString(line));
    }
}
