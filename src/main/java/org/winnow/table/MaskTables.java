package org.winnow.table;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What the masks of a sweep of the prune job say together, layer by layer, over trials that differ in their seeds alone.
 * As in {@link SweepTables}, those come together on an executor, in the order of their seeds.
 */
public final class MaskTables {
    /** One row per configuration, threshold, and masked parameter. */
    public static final StructType STABILITY = MaskReplicates.STABILITY;

    /** One row per configuration, threshold, masked parameter, and way to combine its masks. */
    public static final StructType CONSENSUS = MaskReplicates.CONSENSUS;

    private MaskTables() {}

    /**
     * How much of each layer replicates keep, and how far they keep the same.
     *
     * @param trials as {@link Tables#SWEEP_TRIALS}
     * @param masks as {@link Tables#MASKS}
     * @param path the key of the price of a weight
     */
    public static Dataset<Row> stability(Dataset<Row> trials, Dataset<Row> masks, String path) {
        return replicates(trials, masks, path)
                .map((MapFunction<Row, Row>) row -> MaskReplicates.of(row).stability(), Encoders.row(STABILITY))
                .orderBy("method", "reg_weight", "threshold", "replicates", "layer", "parameter");
    }

    /** The masks that most, all, or any of the replicates make together; see {@link #stability}. */
    public static Dataset<Row> consensus(Dataset<Row> trials, Dataset<Row> masks, String path) {
        return replicates(trials, masks, path)
                .flatMap(
                        (FlatMapFunction<Row, Row>)
                                row -> MaskReplicates.of(row).consensus(),
                        Encoders.row(CONSENSUS));
    }

    private static Dataset<Row> replicates(Dataset<Row> trials, Dataset<Row> masks, String path) {
        Dataset<Row> ended = trials.where(col("status").isin("done", "empty"))
                .select(
                        col("trial_id"),
                        col("seed"),
                        col("replicates"),
                        col("method"),
                        SweepTables.param(path, "double").as("reg_weight"));
        return masks.join(ended, "trial_id")
                .groupBy("replicates", "method", "reg_weight", "threshold", "layer", "parameter")
                .agg(array_sort(collect_list(struct(
                                "seed",
                                "trial_id",
                                "threshold",
                                "layer",
                                "parameter",
                                "shape",
                                "total",
                                "kept",
                                "encoding",
                                "indices")))
                        .as("masks"));
    }
}
