package org.winnow.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Gates by rank.
 *
 * @param threshold above which gates are kept; null where something else decides
 * @param configuration whether they are means over the seeds of one
 */
record GateSection(List<Item> items, @Nullable Double threshold, boolean configuration, long shown, long of) {
    private static final int MOST = 5_000;

    /**
     * A gate.
     *
     * @param std and frequency over seeds; null where there is one trial
     */
    record Item(
            int gate,
            int rank,
            String name,
            double value,
            @Nullable Double std,
            @Nullable Double frequency,
            boolean kept) {}

    /** Those of a trial. */
    static GateSection ofTrial(List<Row> gates, @Nullable Double threshold) {
        List<Item> items = gates.stream()
                .sorted(Cells.byNumber("rank"))
                .limit(MOST)
                .map(row -> new Item(
                        row.<Integer>getAs("gate"),
                        row.<Integer>getAs("rank"),
                        Cells.text(row, "name"),
                        Cells.known(row, "value"),
                        null,
                        null,
                        Cells.flag(row, "selected")))
                .toList();
        return new GateSection(items, threshold, false, items.size(), gates.size());
    }

    /** Those of a configuration: rows of the table {@code stability}; kept is what most seeds keep. */
    static GateSection ofConfiguration(Dataset<Row> stability, @Nullable Double threshold) {
        List<Row> rows = stability.orderBy("rank_mean", "gate").limit(MOST).collectAsList();
        List<Item> items = new ArrayList<>();
        for (Row row : rows) {
            double frequency = Cells.known(row, "frequency");
            items.add(new Item(
                    row.<Integer>getAs("gate"),
                    items.size() + 1,
                    Cells.text(row, "name"),
                    Cells.known(row, "value_mean"),
                    Cells.number(row, "value_std"),
                    frequency,
                    frequency > 0.5));
        }
        long all = items.size() < MOST ? items.size() : stability.count();
        return new GateSection(items, threshold, true, items.size(), all);
    }

    /** The gates as an image, where each belongs to a pixel of a square one. */
    Optional<MaskMap> image() {
        boolean pixels =
                shown == of && items.stream().allMatch(item -> item.name().equals("p" + item.gate()));
        List<Double> values = items.stream()
                .sorted(Comparator.comparingInt(Item::gate))
                .map(Item::value)
                .toList();
        boolean inOrder =
                IntStream.range(0, items.size()).allMatch(i -> items.stream().anyMatch(item -> item.gate() == i));
        return pixels && inOrder
                ? MaskMap.square(
                        "mask-gates",
                        "Gates as an image",
                        "The gate of each pixel, where it is in the image.",
                        "gate",
                        values)
                : Optional.empty();
    }
}
