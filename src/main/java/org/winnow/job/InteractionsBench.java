package org.winnow.job;

import static org.winnow.check.Check.atLeast;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.winnow.data.DataLoader;
import org.winnow.data.LoadedData;
import org.winnow.data.synthetic.Synthetic;
import org.winnow.kernel.Noise;
import org.winnow.model.Setting;
import org.winnow.pairs.PairOptions;
import org.winnow.pairs.PairScreen;
import org.winnow.select.FeatureRanking;
import org.winnow.train.TrainingData;

/**
 * {@code jobs/bench.sh interactions}: what share of the features that classes hang on, mostly two at a time, is ranked before
 * all of those that are noise, as many places as there are such features; by the default ranking, and by the screen of columns
 * and products alone. A JSON line for each case of Passemiers et al. 2024 (doi:10.1038/s41598-024-82583-5).
 */
final class InteractionsBench {
    private static final ObjectMapper JSON = new ObjectMapper();

    private InteractionsBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Runs of each case", byDefault = "10")
            int seeds,

            @Setting(value = "The first seed", byDefault = "1")
            long firstSeed,

            @Setting(value = "Rows", byDefault = "1000") int rows,

            @Setting(value = "Columns", byDefault = "2048") int columns,

            @Setting(value = "Also by the default ranking, which takes longer than the screen", byDefault = "true")
            boolean ranking,

            @Setting(value = "Only cases whose name has this in it", byDefault = "\"\"")
            String only) {
        Config {
            atLeast(1, seeds, "seeds");
        }
    }

    /**
     * A case.
     *
     * @param target share that is asked for
     * @param published the best of published selectors
     */
    private record Case(String name, double target, double published) {}

    private static final List<Case> CASES = List.of(
            new Case("uniform-xor", 0.95, 0.08),
            new Case("ring", 1, 1),
            new Case("ring-xor", 0.9, 0.67),
            new Case("ring-xor-sum", 0.85, 0.58));

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench interactions",
                "features that matter two at a time, ranked among thousands of columns of noise",
                Config.class,
                InteractionsBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        for (Case each : CASES) {
            if (each.name.contains(config.only())) {
                System.out.println(JSON.writeValueAsString(line(spark, each, config)));
            }
        }
    }

    private static Map<String, Object> line(SparkSession spark, Case each, Config config) {
        double byRanking = 0;
        double byScreen = 0;
        double rankingSeconds = 0;
        double screenSeconds = 0;
        for (long seed = config.firstSeed(); seed < config.firstSeed() + config.seeds(); seed++) {
            String path = Synthetic.PREFIX + each.name + "?rows=" + config.rows() + "&features=" + config.columns()
                    + "&seed=" + seed;
            Set<Integer> relevant = Set.copyOf(Synthetic.of(path).relevant());
            SelectConfig select = config(path);
            LoadedData loaded = DataLoader.load(
                    spark,
                    select.data(),
                    select.train().shards(),
                    select.train().seed());
            try {
                TrainingData data = TrainingData.of(loaded, select.train());
                long started = System.nanoTime();
                byScreen += share(screened(data, seed), relevant);
                long between = System.nanoTime();
                if (config.ranking()) {
                    byRanking += share(ranked(data, select, seed), relevant);
                }
                screenSeconds += (between - started) * 1e-9;
                rankingSeconds += (System.nanoTime() - between) * 1e-9;
            } finally {
                loaded.shards().unpersist();
            }
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "interactions");
        line.put("case", each.name);
        line.put("rows", config.rows());
        line.put("columns", config.columns());
        line.put("seeds", config.seeds());
        line.put("target", each.target);
        line.put("published", each.published);
        line.put("screen", rounded(byScreen / config.seeds()));
        line.put("screen_seconds", rounded(screenSeconds / config.seeds()));
        if (config.ranking()) {
            line.put("ranking", rounded(byRanking / config.seeds()));
            line.put("ranking_seconds", rounded(rankingSeconds / config.seeds()));
        }
        return line;
    }

    private static SelectConfig config(String path) {
        Map<String, String> keys = Map.of("data.path", path, "data.task", "classification", "data.test_fraction", "0");
        return SettingsReader.read(SelectConfig.class, Optional.empty(), keys);
    }

    /** Columns in the order of the default ranking. */
    private static List<Integer> ranked(TrainingData data, SelectConfig select, long seed) {
        Map<String, Integer> places = IntStream.range(
                        0, data.schema().features().size())
                .boxed()
                .collect(Collectors.toMap(
                        place -> data.schema().features().get(place).name(), place -> place));
        return FeatureRanking.of(data, select.gates().groups(), select.network(), seed).stream()
                .map(ranked -> places.get(ranked.name()))
                .toList();
    }

    /** Columns in the order of the screen. */
    private static List<Integer> screened(TrainingData data, long seed) {
        int columns = data.schema().inputs();
        int[] gates = IntStream.range(0, columns).toArray();
        PairScreen screen =
                PairScreen.of(data.shards(), data.head(), gates, columns, PairOptions.usual(), Noise.of(seed));
        return Arrays.stream(screen.order()).boxed().toList();
    }

    private static double share(List<Integer> order, Set<Integer> relevant) {
        return (double) order.stream()
                        .limit(relevant.size())
                        .filter(relevant::contains)
                        .count()
                / relevant.size();
    }

    private static double rounded(double number) {
        return Math.round(number * 1e4) / 1e4;
    }
}
