package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.hadoop.io.IOUtils;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.winnow.model.Setting;

/**
 * {@code jobs/bench.sh scaling}: training rows a second of LeNet-300-100 on one and on two cores of a process, and on one and
 * on two executors of one core of a standalone cluster, shards averaged every 10 minibatches of 128; beside them what the
 * machine has to give: the steps alone in one and in two threads, without Spark and rounds. All are warm before the first is
 * timed, and then take turns, as what a machine gives changes while one looks; of two that follow each other in a turn the
 * ratio is taken. What a round costs beside its steps does not depend on the shards, so more of them scale better.
 */
final class ScalingBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(ScalingBench.class);
    private static final int MOST = 2;
    private static final double MEDIAN = 50;
    /** Milliseconds in which a JVM ends what it still does after its turn, on a core that the next may need. */
    private static final int PAUSE = 500;

    private ScalingBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Turns, of which medians are taken", byDefault = "9", unit = "turns")
            int turns,

            @Setting(value = "Rounds of a turn", byDefault = "5", unit = "rounds")
            int rounds,

            @Setting(
                    value =
                            "Shards, which executors share out among them; 64 is what train.shards=0 comes to with large"
                                    + " data",
                    byDefault = "64")
            int shards,

            @Setting(
                    value = "What is measured, of threads, cores and executors",
                    byDefault = "[threads, cores, executors]")
            List<Unit> units) {
        Config {
            units = List.copyOf(units);
            that(turns >= 1, "turns", "at least 1", turns);
            that(rounds >= 1, "rounds", "at least 1", rounds);
            that(shards >= 1 && shards <= 64, "shards", "in 1 .. 64", shards);
            that(!units.isEmpty(), "units", "some of threads, cores and executors", units);
        }
    }

    /** What there is one or two of. */
    enum Unit {
        THREADS,
        CORES,
        EXECUTORS;

        private ScalingSide side(int count, Path root, Config config) throws IOException {
            return switch (this) {
                case THREADS -> ScalingSide.threads(count);
                case CORES -> ScalingSide.cores(count, root, config);
                case EXECUTORS -> ScalingSide.executors(count, root, config);
            };
        }
    }

    /** One and more of a unit, with what they reached in each turn. */
    private record Pair(Unit unit, List<ScalingSide> sides, double[][] rates) {
        void take(int turn) throws IOException {
            for (int side = 0; side < MOST; side++) {
                pause();
                rates[side][turn] = sides.get(side).turn();
            }
        }

        private static void pause() {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted between turns", e);
            }
        }

        double[] ratios() {
            return IntStream.range(0, rates[0].length)
                    .mapToDouble(turn -> rates[MOST - 1][turn] / rates[0][turn])
                    .toArray();
        }
    }

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench scaling",
                "training rows a second on one and on two cores, of one process and of a standalone cluster's executors",
                Config.class,
                ScalingBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        spark.stop();
        Path root = Path.of(Optional.ofNullable(System.getenv("WINNOW_HOME")).orElse(""));
        List<Pair> pairs = new ArrayList<>();
        List<ScalingSide> open = new ArrayList<>();
        try {
            for (Unit unit : config.units()) {
                for (int count = 1; count <= MOST; count++) {
                    open.add(unit.side(count, root, config));
                }
                List<ScalingSide> sides = List.copyOf(open.subList(open.size() - MOST, open.size()));
                pairs.add(new Pair(unit, sides, new double[MOST][config.turns()]));
            }
            for (ScalingSide side : open) {
                side.warmUp();
            }
            for (int turn = 0; turn < config.turns(); turn++) {
                for (Pair pair : pairs) {
                    pair.take(turn);
                }
            }
        } finally {
            IOUtils.cleanupWithLogger(LOG, open.toArray(Closeable[]::new));
        }
        for (Pair pair : pairs) {
            print(pair, config);
        }
    }

    private static void print(Pair pair, Config config) throws IOException {
        for (int side = 0; side < MOST; side++) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("bench", "scaling");
            line.put(pair.unit().name().toLowerCase(Locale.ROOT), side + 1);
            if (pair.unit() != Unit.THREADS) {
                line.put("shards", config.shards());
            }
            line.put("samples_per_second", Math.round(StatUtils.percentile(pair.rates()[side], MEDIAN)));
            if (side > 0) {
                double[] ratios = pair.ratios();
                line.put("ratio", LayersBench.rounded(StatUtils.percentile(ratios, MEDIAN)));
                line.put("min", LayersBench.rounded(StatUtils.min(ratios)));
                line.put("max", LayersBench.rounded(StatUtils.max(ratios)));
            }
            System.out.println(JSON.writeValueAsString(line));
        }
    }
}
