package org.winnow.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.winnow.model.MaskResult;
import org.winnow.table.Tables;

/** What is kept of each layer. */
record LayerSection(List<Double> thresholds, List<Layer> layers) {
    private static final int MOST_LAYERS = 100;
    private static final int MOST_THRESHOLDS = 6;
    private static final int LARGEST_IMAGE = 10_000;

    /**
     * A layer.
     *
     * @param kept weights, at each threshold
     */
    record Layer(String name, double total, List<Double> kept) {}

    /** The whole network at a threshold. */
    record AtThreshold(
            double threshold,
            double compression,
            @Nullable Double metric,
            @Nullable Double finetuned) {}

    /** Rows of the table {@code relevance} of one trial, the threshold of the result first. */
    static LayerSection of(List<Row> relevance) {
        Map<Double, Map<String, Row>> byThreshold = byThreshold(relevance);
        List<Double> thresholds =
                byThreshold.keySet().stream().limit(MOST_THRESHOLDS).toList();
        List<Layer> layers = new ArrayList<>();
        byThreshold.values().iterator().next().values().stream()
                .limit(MOST_LAYERS)
                .forEach(first -> {
                    String name = Cells.text(first, "layer");
                    List<Double> kept = thresholds.stream()
                            .map(threshold -> byThreshold
                                    .getOrDefault(threshold, Map.of())
                                    .get(name))
                            .map(row -> row == null ? 0 : Cells.known(row, "kept"))
                            .toList();
                    layers.add(new Layer(name, Cells.known(first, "total"), kept));
                });
        return new LayerSection(thresholds, layers);
    }

    private static Map<Double, Map<String, Row>> byThreshold(List<Row> relevance) {
        Map<Double, Map<String, Row>> byThreshold = new LinkedHashMap<>();
        relevance.forEach(row -> byThreshold
                .computeIfAbsent(Cells.known(row, "threshold"), threshold -> new LinkedHashMap<>())
                .putIfAbsent(Cells.text(row, "layer"), row));
        return byThreshold;
    }

    /** By rising compression. */
    static List<AtThreshold> thresholds(List<Row> relevance) {
        return byThreshold(relevance).values().stream()
                .map(layers -> layers.values().iterator().next())
                .filter(row -> Double.isFinite(Cells.known(row, "compression")))
                .map(row -> new AtThreshold(
                        Cells.known(row, "threshold"),
                        Cells.known(row, "compression"),
                        Cells.number(row, "test_metric"),
                        Cells.number(row, "test_metric_finetuned")))
                .sorted((a, b) -> Double.compare(a.compression(), b.compression()))
                .toList();
    }

    /** Rows of the table {@code masks} that there may be an image of: weights of the first layer. */
    record Imaged(double threshold, String layer) implements FilterFunction<Row> {
        @Override
        public boolean call(Row mask) {
            List<Long> shape = mask.getList(mask.fieldIndex("shape"));
            return Cells.known(mask, "threshold") == threshold
                    && Cells.text(mask, "layer").equals(layer)
                    && Cells.text(mask, "parameter").equals("weight")
                    && shape.size() == 2
                    && shape.get(1) <= LARGEST_IMAGE;
        }
    }

    /** Those at the threshold of the result. */
    Imaged imaged() {
        return new Imaged(thresholds.get(0), layers.get(0).name());
    }

    /**
     * How many weights of the first layer each pixel keeps in a trial.
     *
     * @param masks of the trial, as {@link #imaged} says
     */
    Optional<MaskMap> image(List<Row> masks) {
        String first = layers.get(0).name();
        return image(
                masks,
                "mask-" + first,
                "What the layer " + first + " sees",
                "How many of the weights behind each pixel are kept.");
    }

    /** The same of what most seeds keep. */
    Optional<MaskMap> imageOfMost(List<Row> masks) {
        String first = layers.get(0).name();
        return image(
                masks,
                "mask-most-" + first,
                "What most seeds let the layer " + first + " see",
                "How many of the weights behind each pixel are kept by more than half of the seeds.");
    }

    private static Optional<MaskMap> image(List<Row> masks, String id, String title, String note) {
        return masks.stream()
                .findFirst()
                .map(Tables::mask)
                .flatMap(mask -> MaskMap.square(id, title, note, "weights kept", keptByInput(mask)));
    }

    /** Of a mask {@code [units, inputs]}. */
    private static List<Double> keptByInput(MaskResult mask) {
        boolean[] kept = mask.mask();
        int inputs = (int) mask.shape()[1];
        double[] counts = new double[inputs];
        for (int i = 0; i < kept.length; i++) {
            counts[i % inputs] += kept[i] ? 1 : 0;
        }
        return DoubleStream.of(counts).boxed().toList();
    }
}
