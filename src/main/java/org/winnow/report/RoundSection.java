package org.winnow.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Loss, metric and open gates by round. */
record RoundSection(String note, List<Series> series) {
    private static final int MOST_SERIES = 8;
    private static final int MOST_ROUNDS = 400;

    /** Its place in a row. */
    private static final int METRIC = 2;

    /**
     * A training.
     *
     * @param rows of round, loss, metric and open gates
     */
    record Series(String name, List<List<@Nullable Double>> rows) {}

    /** The phases of a job; a phase that begins again is another training. */
    static Optional<RoundSection> ofJob(List<JsonNode> progress) {
        Map<String, List<List<@Nullable Double>>> rows = new LinkedHashMap<>();
        Map<String, Integer> runs = new LinkedHashMap<>();
        Map<String, Integer> last = new LinkedHashMap<>();
        for (JsonNode line : progress) {
            String phase = line.path("phase").asText().replace('_', ' ');
            int round = line.path("round").asInt();
            if (round <= last.getOrDefault(phase, round)) {
                runs.merge(phase, 1, Integer::sum);
            }
            last.put(phase, round);
            int run = runs.getOrDefault(phase, 1);
            String name = run == 1 ? phase : phase + " " + run;
            List<List<@Nullable Double>> training = rows.computeIfAbsent(name, missing -> new ArrayList<>());
            training.add(Arrays.asList((double) round, number(line, "loss"), null, number(line, "open_gates")));
            judge(training, line.path("metric_after_round").asInt(), number(line, "metric"));
        }
        return of("Each phase of the job. ", rows);
    }

    /** A round is judged in passing, and heard of when a later one is over. */
    private static void judge(List<List<@Nullable Double>> training, int round, @Nullable Double metric) {
        training.stream()
                .filter(row -> Objects.equals(row.get(0), (double) round))
                .forEach(row -> row.set(METRIC, metric));
    }

    private static @Nullable Double number(JsonNode line, String field) {
        JsonNode value = line.path(field);
        return value.isNumber() ? value.asDouble() : null;
    }

    /**
     * The trainings of a configuration's trials.
     *
     * @param seeds of its trials, by their ids
     */
    static Optional<RoundSection> ofTrials(Dataset<Row> rounds, Map<String, Long> seeds) {
        List<Row> of = rounds.where(rounds.col("trial_id").isin(seeds.keySet().toArray()))
                .orderBy("trial_id", "round")
                .collectAsList();
        Map<String, List<List<@Nullable Double>>> rows = new LinkedHashMap<>();
        seeds.forEach((trial, seed) -> rows.put("seed " + seed, new ArrayList<>()));
        for (Row row : of) {
            rows.getOrDefault("seed " + seeds.get(Cells.text(row, "trial_id")), new ArrayList<>())
                    .add(Arrays.asList(
                            Cells.known(row, "round"),
                            Cells.number(row, "loss"),
                            Cells.number(row, "metric"),
                            Cells.number(row, "open_gates")));
        }
        rows.values().removeIf(List::isEmpty);
        return of("The trainings at the knee. ", rows);
    }

    private static Optional<RoundSection> of(String what, Map<String, List<List<@Nullable Double>>> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        boolean thinned = rows.values().stream().anyMatch(training -> training.size() > MOST_ROUNDS);
        String note = what
                + (rows.size() > MOST_SERIES ? "Shown are " + MOST_SERIES + " of " + rows.size() + ". " : "")
                + (thinned ? "Of long ones about " + MOST_ROUNDS + " rounds are shown. " : "");
        return Optional.of(new RoundSection(
                note.strip(),
                rows.entrySet().stream()
                        .limit(MOST_SERIES)
                        .map(training -> new Series(training.getKey(), thinned(training.getValue())))
                        .toList()));
    }

    private static List<List<@Nullable Double>> thinned(List<List<@Nullable Double>> rows) {
        int step = (rows.size() + MOST_ROUNDS - 1) / MOST_ROUNDS;
        List<List<@Nullable Double>> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i % step == 0 || i == rows.size() - 1) {
                kept.add(rows.get(i));
            }
        }
        return kept;
    }
}
