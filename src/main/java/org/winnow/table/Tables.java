package org.winnow.table;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.winnow.model.AblationResult;
import org.winnow.model.FeatureResult;
import org.winnow.model.GateResult;
import org.winnow.model.MaskResult;
import org.winnow.model.RelevanceResult;
import org.winnow.model.RoundResult;
import org.winnow.model.SizeResult;
import org.winnow.model.TrialResult;
import scala.collection.JavaConverters;

/** The tables of results as Datasets. */
public final class Tables {
    /** Rises when a column changes its name or meaning, or goes; not when one is added. */
    public static final int SCHEMA_VERSION = 1;

    /** The column of every written table that says so. */
    public static final String VERSION_COLUMN = "schema_version";

    /** One row per gate of a trial. */
    public static final StructType GATES = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("layer", DataTypes.StringType, false)
            .add("gate", DataTypes.IntegerType, false)
            .add("name", DataTypes.StringType, false)
            .add("value", DataTypes.DoubleType, false)
            .add("raw_value", DataTypes.DoubleType, true)
            .add("active_probability", DataTypes.DoubleType, true)
            .add("shard_mean", DataTypes.DoubleType, true)
            .add("shard_std", DataTypes.DoubleType, true)
            .add("rounds_mean", DataTypes.DoubleType, true)
            .add("rounds_std", DataTypes.DoubleType, true)
            .add("p_value", DataTypes.DoubleType, true)
            .add("q_value", DataTypes.DoubleType, true)
            .add("rank", DataTypes.IntegerType, false)
            .add("selected", DataTypes.BooleanType, false);

    /** One row per feature of a ranking. */
    public static final StructType RANKS = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("rank", DataTypes.IntegerType, false)
            .add("name", DataTypes.StringType, false)
            .add("rank_lowest", DataTypes.IntegerType, false)
            .add("rank_highest", DataTypes.IntegerType, false)
            .add("gain", DataTypes.DoubleType, false)
            .add("gain_std", DataTypes.DoubleType, false)
            .add("alike", DataTypes.createArrayType(DataTypes.StringType, false), false)
            .add("selected", DataTypes.BooleanType, false);

    /** One row per number of gates, the first of a ranking. */
    public static final StructType SIZES = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("size", DataTypes.IntegerType, false)
            .add("gate", DataTypes.IntegerType, false)
            .add("name", DataTypes.StringType, false)
            .add("metric", DataTypes.StringType, false)
            .add("validation_metric", DataTypes.DoubleType, false);

    /** One row per trial. */
    public static final StructType TRIALS = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("job", DataTypes.StringType, false)
            .add("method", DataTypes.StringType, false)
            .add("params", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, false), false)
            .add("seed", DataTypes.LongType, false)
            .add("shards", DataTypes.IntegerType, false)
            .add("status", DataTypes.StringType, false)
            .add("epochs", DataTypes.IntegerType, false)
            .add("train_loss", DataTypes.DoubleType, true)
            .add("test_loss", DataTypes.DoubleType, true)
            .add("metric", DataTypes.StringType, false)
            .add("test_metric", DataTypes.DoubleType, true)
            .add("test_metric_all_features", DataTypes.DoubleType, true)
            .add("test_metric_baseline", DataTypes.DoubleType, true)
            .add("sparsity", DataTypes.DoubleType, false)
            .add("kept", DataTypes.IntegerType, false)
            .add("total", DataTypes.IntegerType, false)
            .add("seconds", DataTypes.DoubleType, false)
            .add("error", DataTypes.StringType, false);

    /**
     * One row per masked parameter of a trial, at each threshold; {@link MaskResult} says what the columns hold. Where
     * {@code encoding} is {@code runs}, {@code indices} lists first entry and length of each run of kept entries.
     */
    public static final StructType MASKS = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("threshold", DataTypes.DoubleType, false)
            .add("layer", DataTypes.StringType, false)
            .add("parameter", DataTypes.StringType, false)
            .add("shape", DataTypes.createArrayType(DataTypes.LongType, false), false)
            .add("total", DataTypes.LongType, false)
            .add("kept", DataTypes.LongType, false)
            .add("encoding", DataTypes.StringType, false)
            .add("indices", DataTypes.createArrayType(DataTypes.LongType, false), false);

    /** One row per round of a trial's training with gates, or of the stage that makes sparse. */
    public static final StructType ROUNDS = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("round", DataTypes.IntegerType, false)
            .add("epoch", DataTypes.IntegerType, false)
            .add("loss", DataTypes.DoubleType, true)
            .add("metric", DataTypes.DoubleType, true)
            .add("open_gates", DataTypes.IntegerType, true)
            .add("samples_per_second", DataTypes.DoubleType, false)
            .add("seconds", DataTypes.DoubleType, false);

    /**
     * One row per trial of a sweep: what {@link #TRIALS} has, the training that it was decided on, the training whose
     * solution that started from (null: none), a hash that trials share which differ in their seeds alone, the threshold
     * that decided, and of pruned networks what they cost at work: operations, counted, and microseconds, measured.
     */
    public static final StructType SWEEP_TRIALS = TRIALS.add("training_id", DataTypes.StringType, false)
            .add("warm_start_from", DataTypes.StringType, true)
            .add("replicates", DataTypes.StringType, false)
            .add("threshold", DataTypes.DoubleType, false)
            .add("flops", DataTypes.LongType, true)
            .add("latency_micros", DataTypes.DoubleType, true);

    /** One row per layer and threshold of a trial. */
    public static final StructType RELEVANCE = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("threshold", DataTypes.DoubleType, false)
            .add("layer", DataTypes.StringType, false)
            .add("kept", DataTypes.LongType, false)
            .add("total", DataTypes.LongType, false)
            .add("sparsity", DataTypes.DoubleType, false)
            .add("metric", DataTypes.StringType, false)
            .add("test_metric", DataTypes.DoubleType, true)
            .add("test_metric_finetuned", DataTypes.DoubleType, true)
            .add("compression", DataTypes.DoubleType, false);

    /** One row per ablation of a trial. */
    public static final StructType ABLATIONS = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("ablation", DataTypes.StringType, false)
            .add("draw", DataTypes.LongType, false)
            .add("metric", DataTypes.StringType, false)
            .add("test_metric", DataTypes.DoubleType, true);

    private Tables() {}

    /** Writes a table as Parquet, with the version of its columns in each row, so that unions of tables keep it too. */
    public static void write(Dataset<Row> table, String place) {
        table.withColumn(VERSION_COLUMN, lit(SCHEMA_VERSION))
                .write()
                .option("parquet.page.write-checksum.enabled", true)
                .parquet(place);
    }

    /** Reads a table; a place with brackets is meant as it stands, and a page that was changed is an error. */
    public static Dataset<Row> read(SparkSession spark, String place) {
        return spark.read()
                .option("parquet.page.verify-checksum.enabled", true)
                .option(DataSource.GLOB_PATHS_KEY(), false)
                .parquet(place);
    }

    /** Rows of {@link #RELEVANCE}. */
    public static LocalTable relevance(List<RelevanceResult> results) {
        return new LocalTable(RELEVANCE, results.stream().map(Tables::row).toList());
    }

    /** Rows of {@link #ABLATIONS}. */
    public static LocalTable ablations(List<AblationResult> results) {
        return new LocalTable(ABLATIONS, results.stream().map(Tables::row).toList());
    }

    /** A row of {@link #RELEVANCE}. */
    public static Row row(RelevanceResult result) {
        return RowFactory.create(
                result.trialId(),
                result.threshold(),
                result.layer(),
                result.kept(),
                result.total(),
                result.sparsity(),
                result.metric(),
                known(result.testMetric()),
                known(result.testMetricFinetuned()),
                result.compression());
    }

    /** A row of {@link #ABLATIONS}. */
    public static Row row(AblationResult result) {
        return RowFactory.create(
                result.trialId(), result.ablation(), result.draw(), result.metric(), known(result.testMetric()));
    }

    /** Rows of {@link #GATES}. */
    public static LocalTable gates(List<GateResult> gates) {
        return new LocalTable(GATES, gates.stream().map(Tables::row).toList());
    }

    /** Rows of {@link #RANKS}, of features that were ranked. */
    public static LocalTable ranks(String trialId, List<FeatureResult> features) {
        return new LocalTable(
                RANKS,
                features.stream()
                        .map(feature -> RowFactory.create(
                                trialId,
                                feature.rank(),
                                feature.name(),
                                feature.standing().lowest(),
                                feature.standing().highest(),
                                feature.standing().gain(),
                                feature.standing().gainStd(),
                                feature.standing().alike().toArray(String[]::new),
                                feature.selected()))
                        .toList());
    }

    /** Rows of {@link #SIZES}. */
    public static LocalTable sizes(List<SizeResult> sizes) {
        return new LocalTable(
                SIZES,
                sizes.stream()
                        .map(size -> RowFactory.create(
                                size.trialId(),
                                size.size(),
                                size.gate(),
                                size.name(),
                                size.metric(),
                                size.validationMetric()))
                        .toList());
    }

    /** Rows of {@link #TRIALS}. */
    public static LocalTable trials(List<TrialResult> trials) {
        return new LocalTable(TRIALS, trials.stream().map(Tables::row).toList());
    }

    /** Rows of {@link #MASKS}. */
    public static LocalTable masks(List<MaskResult> masks) {
        return new LocalTable(MASKS, masks.stream().map(Tables::row).toList());
    }

    /** What a row of {@link #MASKS} says; the order of the columns does not matter. */
    public static MaskResult mask(Row row) {
        return new MaskResult(
                row.getAs("trial_id"),
                row.<Double>getAs("threshold"),
                row.getAs("layer"),
                row.getAs("parameter"),
                longs(row, "shape"),
                row.<Long>getAs("total"),
                row.<Long>getAs("kept"),
                row.getAs("encoding"),
                longs(row, "indices"));
    }

    private static long[] longs(Row row, String column) {
        List<Long> numbers = row.getList(row.fieldIndex(column));
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** A row of {@link #MASKS}. */
    public static Row row(MaskResult mask) {
        return RowFactory.create(
                mask.trialId(),
                mask.threshold(),
                mask.layer(),
                mask.parameter(),
                mask.shape(),
                mask.total(),
                mask.kept(),
                mask.encoding(),
                mask.indices());
    }

    /** A row of {@link #GATES}. */
    public static Row row(GateResult gate) {
        return RowFactory.create(
                gate.trialId(),
                gate.layer(),
                gate.gate(),
                gate.name(),
                gate.value(),
                known(gate.rawValue()),
                known(gate.activeProbability()),
                known(gate.shardMean()),
                known(gate.shardStd()),
                known(gate.roundsMean()),
                known(gate.roundsStd()),
                known(gate.pValue()),
                known(gate.qValue()),
                gate.rank(),
                gate.selected());
    }

    /** A row of {@link #TRIALS}, with further cells at its end. */
    public static Row row(TrialResult trial, @Nullable Object... more) {
        List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(
                trial.trialId(),
                trial.job(),
                trial.method(),
                JavaConverters.mapAsScalaMap(trial.params()),
                trial.seed(),
                trial.shards(),
                trial.status(),
                trial.epochs(),
                known(trial.trainLoss()),
                known(trial.testLoss()),
                trial.metric(),
                known(trial.testMetric()),
                known(trial.testMetricAllFeatures()),
                known(trial.testMetricBaseline()),
                trial.sparsity(),
                trial.kept(),
                trial.total(),
                trial.seconds(),
                trial.error()));
        cells.addAll(Arrays.asList(more));
        return RowFactory.create(cells.toArray());
    }

    /** A row of {@link #ROUNDS}. */
    public static Row row(RoundResult round) {
        return RowFactory.create(
                round.trialId(),
                round.round(),
                round.epoch(),
                known(round.loss()),
                known(round.metric()),
                round.openGates(),
                round.samplesPerSecond(),
                round.seconds());
    }

    /** Not a number stands for what was not measured. */
    static @Nullable Double known(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
