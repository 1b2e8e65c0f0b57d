package org.winnow.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Dataset;
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

    /** How many weights of the first layer each pixel keeps in a trial, at the threshold of the result. */
    Optional<MaskMap> image(Dataset<Row> masks, String trialId) {
        String first = layers.get(0).name();
        return image(
                masks.where(col("trial_id").equalTo(trialId)),
                "mask-" + first,
                "What the layer " + first + " sees",
                "How many of the weights behind each pixel are kept.");
    }

    /** The same of what most seeds keep; see {@link #image(Dataset, String)}. */
    Optional<MaskMap> imageOfMost(Dataset<Row> consensus, String replicates) {
        String first = layers.get(0).name();
        return image(
                consensus
                        .where(col("replicates")
                                .equalTo(replicates)
                                .and(col("rule").equalTo("majority")))
                        .withColumn("trial_id", lit(replicates)),
                "mask-most-" + first,
                "What most seeds let the layer " + first + " see",
                "How many of the weights behind each pixel are kept by more than half of the seeds.");
    }

    private Optional<MaskMap> image(Dataset<Row> masks, String id, String title, String note) {
        List<MaskResult> of = Tables.masks(masks.where(col("threshold")
                .equalTo(thresholds.get(0))
                .and(col("layer").equalTo(layers.get(0).name()))
                .and(col("parameter").equalTo("weight"))
                .and(col("shape").getItem(1).leq(LARGEST_IMAGE))));
        return of.stream()
                .filter(mask -> mask.shape().length == 2)
                .findFirst()
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
