package org.winnow.table;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the trials of a sweep say together. Trials that differ in their seeds alone are replicates of one configuration;
 * a configuration's replicates are brought together on an executor and added up in the order of their seeds, so that
 * the tables have the same bits however Spark spread them.
 */
public final class SweepTables {
    /** One row per configuration and gate. */
    public static final StructType STABILITY = Replicates.STABILITY;

    /** One row per configuration. */
    public static final StructType FRONT = Replicates.MEANS
            .add("on_front", DataTypes.BooleanType, false)
            .add("knee", DataTypes.BooleanType, false)
            .add("on_flops_front", DataTypes.BooleanType, false)
            .add("flops_knee", DataTypes.BooleanType, false)
            .add("on_latency_front", DataTypes.BooleanType, false)
            .add("latency_knee", DataTypes.BooleanType, false);

    private SweepTables() {}

    /**
     * A row for each configuration and gate: how often it was kept, and how far its replicates agree.
     *
     * @param trials as {@link Tables#SWEEP_TRIALS}
     * @param gates as {@link Tables#GATES}
     * @param path the key of the price of open gates
     * @param stableFrequency share of replicates that have to keep a gate for it to count as stable, above 1/2
     */
    public static Dataset<Row> stability(Dataset<Row> trials, Dataset<Row> gates, String path, double stableFrequency) {
        Dataset<Row> ofTrial = gates.groupBy("trial_id")
                .agg(array_sort(collect_list(struct(
                                "layer", "gate", "name", "value", "rank", "selected", "shard_mean", "shard_std")))
                        .as("gates"));
        Column[] configuration = {
            col("replicates"),
            col("method"),
            param(path, "double").as("reg_weight"),
            col("threshold"),
            param("select.top_k", "int").as("top_k"),
            param("data.test_fraction", "double").as("test_fraction"),
            isByThreshold().as("by_threshold")
        };
        return trials.where(col("status").isin("done", "empty"))
                .join(ofTrial, "trial_id")
                .groupBy(configuration)
                .agg(array_sort(collect_list(struct("seed", "trial_id", "gates")))
                        .as("trials"))
                .flatMap(
                        (FlatMapFunction<Row, Row>) row -> Replicates.of(row).rows(stableFrequency),
                        Encoders.row(Replicates.STABILITY))
                .orderBy("method", "reg_weight", "threshold", "top_k", "replicates", "layer", "gate");
    }

    /** For each configuration and gate of {@link #stability}, whether most, all or any of the replicates keep it. */
    public static Dataset<Row> consensus(Dataset<Row> stability) {
        return stability.select(
                col("replicates"),
                col("method"),
                col("reg_weight"),
                col("threshold"),
                col("top_k"),
                col("layer"),
                col("gate"),
                col("name"),
                col("trials"),
                col("selected"),
                col("selected").multiply(2).gt(col("trials")).as("majority"),
                col("selected").equalTo(col("trials")).as("intersection"),
                col("selected").gt(0).as("union"));
    }

    /**
     * A row for each configuration whose replicates came to their end: means over them, and whether it is on a front: no
     * other has as good a metric with more sparsity, or of pruned networks with fewer operations. The knee of a front is
     * the one farthest from the line between its ends, both axes scaled to its length.
     *
     * @param trials as {@link Tables#SWEEP_TRIALS}
     */
    public static Dataset<Row> front(Dataset<Row> trials, String path) {
        Dataset<Row> means = means(trials, path)
                .withColumn("most", max("trials").over(Window.partitionBy("metric")))
                .where(col("trials").equalTo(col("most")))
                .withColumn(
                        "goodness",
                        when(col("metric").equalTo("mse"), col("test_metric").multiply(-1))
                                .otherwise(col("test_metric")))
                .withColumn("fewer", col("flops").multiply(-1))
                .withColumn("sooner", col("latency_micros").multiply(-1));
        Dataset<Row> bySparsity = front(means, "sparsity", "on_front", "knee");
        Dataset<Row> byOperations = front(bySparsity, "fewer", "on_flops_front", "flops_knee");
        return front(byOperations, "sooner", "on_latency_front", "latency_knee")
                .drop("most", "goodness", "fewer", "sooner")
                .orderBy(col("metric"), col("sparsity").desc(), col("replicates"));
    }

    private static Dataset<Row> means(Dataset<Row> trials, String path) {
        return trials.where(col("status").equalTo("done").and(col("test_metric").isNotNull()))
                .groupBy(
                        col("replicates"),
                        col("method"),
                        col("metric"),
                        param(path, "double").as("reg_weight"),
                        col("threshold"),
                        param("select.top_k", "int").as("top_k"))
                .agg(array_sort(collect_list(struct(
                                "seed",
                                "trial_id",
                                "test_metric",
                                "test_metric_all_features",
                                "sparsity",
                                "kept",
                                "flops",
                                "latency_micros")))
                        .as("trials"))
                .map((MapFunction<Row, Row>) Replicates::means, Encoders.row(Replicates.MEANS));
    }

    /** Marks the front of {@code goodness} against a column of which more is better too; null is on no front. */
    private static Dataset<Row> front(Dataset<Row> means, String other, String onFront, String knee) {
        WindowSpec above = Window.partitionBy("metric")
                .orderBy(col(other).desc_nulls_last(), col("goodness").desc(), col("replicates"))
                .rowsBetween(Window.unboundedPreceding(), -1);
        Column better = max("goodness").over(above);
        WindowSpec front = Window.partitionBy("metric", onFront);
        Column bend = share(other, front).plus(share("goodness", front));
        return means.withColumn(
                        onFront,
                        col(other)
                                .isNotNull()
                                .and(better.isNull().or(col("goodness").gt(better))))
                .withColumn("bend", bend)
                .withColumn(
                        knee,
                        col(onFront)
                                .and(row_number()
                                        .over(front.orderBy(
                                                col("bend").desc(), col(other).desc()))
                                        .equalTo(1)))
                .drop("bend");
    }

    /** How many trials have which status. */
    public static Dataset<Row> statuses(Dataset<Row> trials) {
        return trials.groupBy("status").agg(count(lit(1)).as("trials")).orderBy("status");
    }

    /** How many trials failed with which error, the most frequent first. */
    public static Dataset<Row> failures(Dataset<Row> trials) {
        return trials.where("status = 'failed'")
                .groupBy("error")
                .agg(count(lit(1)).as("trials"))
                .orderBy(col("trials").desc(), col("error"));
    }

    /** Whether gates are kept that are above a threshold, and not those of the highest ranks or of the strongest evidence. */
    private static Column isByThreshold() {
        Column topK = coalesce(param("select.top_k", "int"), lit(0));
        Column fdr = coalesce(param("select.fdr", "double"), lit(0));
        return topK.equalTo(0).and(fdr.equalTo(0));
    }

    static Column param(String key, String type) {
        return col("params").getItem(key).cast(type);
    }

    private static Column share(String column, WindowSpec window) {
        Column least = min(column).over(window);
        Column range = max(column).over(window).minus(least);
        return when(range.gt(0), col(column).minus(least).divide(range)).otherwise(lit(0));
    }
}
