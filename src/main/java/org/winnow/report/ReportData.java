package org.winnow.report;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.winnow.check.UserError;
import org.winnow.table.SweepTables;
import org.winnow.table.Tables;

/** What a report shows, by section; a section without anything to show is not there. */
final class ReportData {
    private final ReportSource source;
    private final Row first;
    private final String unit;
    private final Map<String, Object> sections = new LinkedHashMap<>();
    private final List<MaskMap> masks = new ArrayList<>();

    private ReportData(ReportSource source, Row first) {
        this.source = source;
        this.first = first;
        unit = Cells.text(first, "job").equals("prune") ? "weights" : "features";
    }

    /** A number to look at first. */
    private record Tile(String label, String value, String detail) {}

    /**
     * Reads a job's results.
     *
     * @throws org.winnow.check.UserError if there are none, or they cannot be read
     */
    static Map<String, Object> of(ReportSource source) throws IOException {
        if (source.isSweep()) {
            Dataset<Row> trials = source.sweptTrials();
            return new ReportData(source, trials.orderBy("trial_id").first()).ofSweep(trials);
        }
        List<Row> trials = source.trials();
        return new ReportData(source, Collections.min(trials, Cells.byText("trial_id"))).ofJob(trials);
    }

    private Map<String, Object> ofSweep(Dataset<Row> trials) throws IOException {
        begin("Sweep of the " + Cells.text(first, "job") + " job");
        sweep(trials);
        finish(TrialSection.of(trials, Cells.text(first, "metric"), unit));
        return sections;
    }

    private Map<String, Object> ofJob(List<Row> trials) throws IOException {
        begin(unit.equals("weights") ? "Pruned network" : "Selected features");
        single(trials);
        finish(TrialSection.of(trials, Cells.text(first, "metric"), unit));
        return sections;
    }

    private void begin(String title) {
        sections.put("metric", Cells.text(first, "metric"));
        sections.put("unit", unit);
        sections.put("title", title);
    }

    private void finish(TrialSection trials) {
        if (!masks.isEmpty()) {
            sections.put("masks", masks);
        }
        sections.put("subtitle", subtitle());
        sections.put("footer", "Made of the tables in " + source.name() + ". Plots by Apache ECharts.");
        sections.put("trials", trials);
    }

    private String subtitle() {
        String data = params(first).getOrDefault("data.path", "");
        int shards = first.<Integer>getAs("shards");
        return "Method " + Cells.text(first, "method") + " on " + data.substring(data.lastIndexOf('/') + 1) + ", "
                + shards + (shards == 1 ? " shard." : " shards.");
    }

    static Map<String, String> params(Row trial) {
        return trial.getJavaMap(trial.fieldIndex("params"));
    }

    private void single(List<Row> trials) throws IOException {
        Row trial = result(trials);
        Optional<List<Row>> ranks = source.rows("ranks", Tables.RANKS);
        ranks.ifPresent(ranked -> sections.put("ranks", RankSection.of(ranked)));
        Optional<List<Row>> gates = source.rows("gates", Tables.GATES);
        if (ranks.isPresent()) {
            gates.flatMap(kept -> GateSection.ofTrial(kept, null).image()).ifPresent(masks::add);
        } else if (gates.isPresent()) {
            boolean byThreshold =
                    params(trial).getOrDefault("select.top_k", "0").equals("0")
                            && Double.parseDouble(params(trial).getOrDefault("select.fdr", "0")) == 0;
            Double threshold =
                    byThreshold ? Double.valueOf(params(trial).getOrDefault("select.threshold", "0.5")) : null;
            gates(GateSection.ofTrial(gates.get(), threshold));
        }
        new NetworkSections(source, sections, masks).ofTrial(trial);
        RoundSection.ofJob(source.progress()).ifPresent(rounds -> sections.put("rounds", rounds));
        sections.put("summary", summary(trial));
    }

    /** The trial of the result: of a search, the one that its layers are of. */
    private Row result(List<Row> trials) throws IOException {
        List<Row> relevance = source.rows("relevance", Tables.RELEVANCE).orElse(List.of());
        if (relevance.isEmpty()) {
            return first;
        }
        String id = Cells.text(relevance.get(0), "trial_id");
        return trials.stream()
                .filter(trial -> Cells.text(trial, "trial_id").equals(id))
                .findFirst()
                .orElseThrow(() -> new UserError("results.dir: the table trials in " + source.name() + " has no trial "
                        + id + ", as relevance has"));
    }

    private void sweep(Dataset<Row> trials) throws IOException {
        Optional<Dataset<Row>> front = source.table("front", SweepTables.FRONT);
        if (front.isEmpty() || front.get().isEmpty()) {
            sections.put("summary", List.of(trialTile(trials)));
            return;
        }
        FrontSection section = FrontSection.of(front.get());
        sections.put("front", section);
        Optional<FrontSection.Point> knee = section.knee();
        List<Tile> tiles = new ArrayList<>(List.of(trialTile(trials)));
        if (knee.isPresent()) {
            tiles.addAll(tiles(knee.get(), trials));
            knee(knee.get(), trials);
        }
        sections.put("summary", tiles);
    }

    private void knee(FrontSection.Point knee, Dataset<Row> trials) throws IOException {
        List<Row> seeds = trials.where(col("replicates").equalTo(knee.replicates()))
                .orderBy("seed")
                .limit(100)
                .collectAsList();
        Map<String, Long> ids = new LinkedHashMap<>();
        seeds.forEach(trial -> ids.put(Cells.text(trial, "trial_id"), trial.<Long>getAs("seed")));
        if (unit.equals("weights")) {
            new NetworkSections(source, sections, masks).ofKnee(knee, seeds.get(0), trials);
        } else {
            gatesOf(knee, trials);
        }
        Optional<Dataset<Row>> rounds = source.table("rounds", Tables.ROUNDS);
        if (rounds.isPresent()) {
            RoundSection.ofTrials(rounds.get(), ids).ifPresent(of -> sections.put("rounds", of));
        }
    }

    private void gatesOf(FrontSection.Point knee, Dataset<Row> trials) throws IOException {
        Optional<Dataset<Row>> stability = source.table("stability", SweepTables.STABILITY);
        if (stability.isPresent() && !stability.get().isEmpty()) {
            Dataset<Row> of = stability.get().where(col("replicates").equalTo(knee.replicates()));
            Double topK = knee.topK();
            gates(GateSection.ofConfiguration(of, topK == null || topK == 0 ? knee.threshold() : null));
            PathSection path = PathSection.of(stability.get(), trials, knee);
            path.lines().ifPresent(lines -> sections.put("path", lines));
            path.heatMap().ifPresent(heat -> sections.put("stability", heat));
            path.index(null).ifPresent(index -> sections.put("agreement", index));
        }
    }

    private void gates(GateSection gates) {
        sections.put("gates", gates);
        gates.image().ifPresent(masks::add);
    }

    private static Tile trialTile(Dataset<Row> trials) {
        List<String> counts = SweepTables.statuses(trials).collectAsList().stream()
                .map(row -> format("%,d %s", row.<Long>getAs("trials"), row.<String>getAs("status")))
                .toList();
        return new Tile("trials", format("%,d", trials.count()), String.join(", ", counts));
    }

    private List<Tile> tiles(FrontSection.Point knee, Dataset<Row> trials) {
        String metric = String.valueOf(sections.get("metric"));
        Double std = knee.std();
        return List.of(
                new Tile(
                        unit + " kept at the knee",
                        format("%,.1f", knee.kept()),
                        format("sparsity %.1f %%, mean of %.0f seeds", 100 * knee.sparsity(), knee.trials())),
                new Tile(
                        "held-out " + metric + " at the knee",
                        Figures.of(metric, knee.metric()),
                        Figures.besideBaseline(metric, knee.metric(), baseline(knee, trials))
                                + (std == null ? "" : "± " + Figures.of(metric, std) + " over seeds, ") + "with all "
                                + number(knee.reference())),
                new Tile(
                        "reg_weight at the knee",
                        number(knee.regWeight()),
                        knee.threshold() == null ? "" : "threshold " + number(knee.threshold())));
    }

    private static @Nullable Double baseline(FrontSection.Point knee, Dataset<Row> trials) {
        Row mean = trials.where(col("replicates").equalTo(knee.replicates()))
                .agg(functions.avg("test_metric_baseline").as("baseline"))
                .first();
        return Cells.number(mean, "baseline");
    }

    private List<Tile> summary(Row trial) {
        Double metric = Cells.number(trial, "test_metric");
        double kept = Cells.known(trial, "kept");
        double total = Cells.known(trial, "total");
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(unit + " kept", format("%,.0f", kept), format("of %,.0f", total)));
        tiles.add(new Tile(
                "sparsity",
                format("%.2f %%", 100 * Cells.known(trial, "sparsity")),
                kept == 0 ? "" : format("compression %.1f", total / kept)));
        if (metric != null) {
            String name = String.valueOf(sections.get("metric"));
            tiles.add(new Tile(
                    "held-out " + name,
                    Figures.of(name, metric),
                    Figures.besideBaseline(name, metric, Cells.number(trial, "test_metric_baseline")) + "with all "
                            + unit + " " + number(Cells.number(trial, "test_metric_all_features"))));
        }
        tiles.add(new Tile(
                "time",
                Progress.duration(Cells.known(trial, "seconds")),
                format("%.0f epochs", Cells.known(trial, "epochs"))));
        return tiles;
    }

    private static String number(@Nullable Double number) {
        return number == null ? "unknown" : format("%.4g", number);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
