package org.winnow.job;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.inside;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.winnow.evidence.Evidence;
import org.winnow.model.Setting;
import org.winnow.train.Shards;

/**
 * {@code jobs/bench.sh fdr}: what share of the features that {@code select.fdr} keeps is false, and what share of those that
 * matter it keeps, where it is known which do. A JSON line for each case.
 */
final class FdrBench {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where few features are kept, a share of false ones says less. */
    private static final int SEEDS_OF_FEW = 5;

    private FdrBench() {}

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Runs of each case, 5 times as many of few_of_many", byDefault = "20")
            int seeds,

            @Setting(value = "The first seed", byDefault = "1")
            long firstSeed,

            @Setting(value = "Share of false features that is asked for", byDefault = "0.1")
            double fdr,

            @Setting(value = "Only cases whose name has this in it", byDefault = "\"\"")
            String only) {
        Config {
            atLeast(1, seeds, "seeds");
            inside(0, 1, fdr, "fdr");
        }
    }

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench fdr",
                "false and true features that select.fdr keeps, where the truth is known",
                Config.class,
                FdrBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        for (FdrData.Case data : FdrData.Case.values()) {
            if (data.name().toLowerCase(Locale.ROOT).contains(config.only())) {
                System.out.println(JSON.writeValueAsString(line(data, config)));
            }
        }
    }

    private static Map<String, Object> line(FdrData.Case data, Config config) {
        int seeds = data == FdrData.Case.FEW_OF_MANY ? SEEDS_OF_FEW * config.seeds() : config.seeds();
        double falseShare = 0;
        double squares = 0;
        double power = 0;
        double kept = 0;
        double seconds = 0;
        int relevant = 0;
        for (int run = 0; run < seeds; run++) {
            FdrData made = data.make(config.firstSeed() + run);
            relevant = made.relevant().size();
            long started = System.nanoTime();
            boolean[] selected = select(made, config.fdr());
            seconds += (System.nanoTime() - started) * 1e-9;
            int all = (int)
                    IntStream.range(0, selected.length).filter(i -> selected[i]).count();
            int right = (int) made.relevant().stream().filter(i -> selected[i]).count();
            double share = all == 0 ? 0 : (double) (all - right) / all;
            falseShare += share;
            squares += share * share;
            power += relevant == 0 ? 0 : (double) right / relevant;
            kept += all;
        }
        double mean = falseShare / seeds;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "fdr");
        line.put("case", data.name().toLowerCase(Locale.ROOT));
        line.put("rows", data.rows());
        line.put("columns", data.columns());
        line.put("relevant", relevant);
        line.put("seeds", seeds);
        line.put("target", config.fdr());
        line.put("false_share", rounded(mean));
        line.put("false_share_error", rounded(Math.sqrt(Math.max(0, squares / seeds - mean * mean) / seeds)));
        line.put("power", rounded(power / seeds));
        line.put("kept", rounded(kept / seeds));
        line.put("seconds", rounded(seconds / seeds));
        return line;
    }

    private static boolean[] select(FdrData data, double fdr) {
        try (Shards shards = data.shards()) {
            int columns = data.rows()[0].length;
            Evidence evidence =
                    Evidence.of(shards, data.head(), IntStream.range(0, columns).toArray(), columns);
            boolean[] selected = new boolean[columns];
            for (int i = 0; i < columns; i++) {
                selected[i] = evidence.q()[i] <= fdr;
            }
            return selected;
        }
    }

    private static double rounded(double number) {
        return Math.round(number * 1e4) / 1e4;
    }
}
