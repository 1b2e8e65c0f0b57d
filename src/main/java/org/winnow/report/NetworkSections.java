package org.winnow.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.winnow.table.MaskTables;
import org.winnow.table.Tables;

/**
 * What a report shows of pruned networks.
 *
 * @param sections it adds to
 * @param images it adds to
 */
record NetworkSections(ReportSource source, Map<String, Object> sections, List<MaskMap> images) {
    private static final String MNIST_LIKE = ".*idx[13].*";

    /** Reads masks of a trial. */
    private interface Masks {
        Optional<List<Row>> read(LayerSection.Imaged imaged) throws IOException;
    }

    /** The layers of a single job's result. */
    void ofTrial(Row trial) throws IOException {
        String id = Cells.text(trial, "trial_id");
        Predicate<Row> own = row -> Cells.text(row, "trial_id").equals(id);
        Optional<List<Row>> relevance = source.rows("relevance", Tables.RELEVANCE, own);
        if (relevance.isPresent()) {
            layers(
                    trial,
                    relevance.get(),
                    imaged -> source.rows("masks", Tables.MASKS, row -> own.test(row) && imaged.call(row)));
        }
    }

    /**
     * The layers of a sweep's knee in one of its trials, at all thresholds that were decided on the same training.
     *
     * @param trials the table
     */
    void ofKnee(FrontSection.Point knee, Row trial, Dataset<Row> trials) throws IOException {
        Optional<Dataset<Row>> relevance = source.table("relevance", Tables.RELEVANCE);
        Optional<Dataset<Row>> stability = source.table("stability", MaskTables.STABILITY);
        Optional<Dataset<Row>> consensus = source.table("consensus", MaskTables.CONSENSUS);
        if (relevance.isEmpty() || stability.isEmpty() || consensus.isEmpty()) {
            return;
        }
        String id = Cells.text(trial, "trial_id");
        List<Row> rows = new ArrayList<>(
                relevance.get().where(col("trial_id").equalTo(id)).collectAsList());
        List<Row> others = relevance
                .get()
                .join(
                        trials.where(col("training_id").equalTo(Cells.text(trial, "training_id")))
                                .select("trial_id"),
                        "trial_id")
                .collectAsList();
        others.stream()
                .sorted(Comparator.comparing(row -> Cells.known(row, "threshold")))
                .forEach(rows::add);
        Optional<LayerSection> layers = layers(
                trial,
                rows,
                imaged -> source.table("masks", Tables.MASKS)
                        .map(masks -> masks.where(col("trial_id").equalTo(id))
                                .filter(imaged)
                                .collectAsList()));
        if (layers.isPresent() && isOfImages(trial)) {
            List<Row> most = consensus
                    .get()
                    .where(col("replicates")
                            .equalTo(knee.replicates())
                            .and(col("rule").equalTo("majority")))
                    .filter(layers.get().imaged())
                    .withColumn("trial_id", lit(knee.replicates()))
                    .collectAsList();
            layers.get().imageOfMost(most).ifPresent(images::add);
        }
        path(knee, stability.get(), trials);
    }

    private void path(FrontSection.Point knee, Dataset<Row> stability, Dataset<Row> trials) {
        Dataset<Row> layers = PathSection.ofLayers(stability, knee.threshold());
        PathSection.of(layers, trials, knee).lines().ifPresent(lines -> sections.put("path", lines));
        Row largest = layers.orderBy(col("total").desc(), col("layer")).first();
        String name = Cells.text(largest, "layer");
        PathSection.of(layers.where(col("layer").equalTo(name)), trials, knee)
                .index(name)
                .ifPresent(index -> sections.put("agreement", index));
    }

    private Optional<LayerSection> layers(Row trial, List<Row> relevance, Masks masks) throws IOException {
        if (relevance.isEmpty()) {
            return Optional.empty();
        }
        LayerSection layers = LayerSection.of(relevance);
        sections.put("layers", layers);
        List<LayerSection.AtThreshold> thresholds = LayerSection.thresholds(relevance);
        if (thresholds.size() > 1 && thresholds.stream().anyMatch(at -> at.metric() != null)) {
            sections.put("thresholds", thresholds);
        }
        if (isOfImages(trial)) {
            masks.read(layers.imaged()).flatMap(layers::image).ifPresent(images::add);
        }
        return Optional.of(layers);
    }

    private static boolean isOfImages(Row trial) {
        Map<String, String> params = ReportData.params(trial);
        return params.getOrDefault("data.format", "").equals("idx")
                || params.getOrDefault("data.path", "").matches(MNIST_LIKE);
    }
}
