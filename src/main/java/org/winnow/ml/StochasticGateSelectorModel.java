package org.winnow.ml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.winnow.check.UserError;
import org.winnow.data.read.Invalid;
import org.winnow.model.FeatureResult;
import org.winnow.model.GateResult;
import org.winnow.model.TrialResult;
import org.winnow.report.SelectionReport;
import org.winnow.table.Tables;

/** Keeps the features that a {@link StochasticGateSelector} has selected, with their names and metadata. */
public final class StochasticGateSelectorModel extends Model<StochasticGateSelectorModel>
        implements StochasticGateSelectorParams, MLWritable {
    private static final long serialVersionUID = 1;
    private static final String FILE = "selection.json";

    /**
     * What was learned.
     *
     * @param width numbers in a vector
     * @param selected places of those that are kept, rising
     * @param gates in their order
     * @param features by rank
     */
    record Learned(int width, int[] selected, List<GateResult> gates, List<FeatureResult> features, TrialResult trial) {
        Learned {
            Slice.requirePlaces(selected, width);
            gates = List.copyOf(gates);
            features = List.copyOf(features);
        }
    }

    private final String uid;
    private final transient Learned learned;

    StochasticGateSelectorModel(String uid, Learned learned) {
        this.uid = uid;
        this.learned = learned;
        setSelectorDefaults();
    }

    @Override
    public String uid() {
        return uid;
    }

    public StochasticGateSelectorModel setFeaturesCol(String value) {
        return Settings.set(this, featuresCol(), value);
    }

    public StochasticGateSelectorModel setOutputCol(String value) {
        return Settings.set(this, outputCol(), value);
    }

    public StochasticGateSelectorModel setHandleInvalid(String value) {
        return Settings.set(this, handleInvalid(), value);
    }

    /** Places in the vector of the features that are kept, rising. */
    public int[] selectedFeatures() {
        return learned.selected().clone();
    }

    /** Numbers that a vector has to have. */
    public int numFeatures() {
        return learned.width();
    }

    /** A row for each gate, as the select job writes it. */
    public Dataset<Row> gates() {
        return Tables.gates(learned.gates()).on(SparkSession.active());
    }

    /** The row of the trial, as the select job writes it. */
    public Dataset<Row> trials() {
        return Tables.trials(List.of(learned.trial())).on(SparkSession.active());
    }

    /** The ranked features, for people. */
    public String summary() {
        return SelectionReport.of(learned.features(), learned.trial());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        Column features = functions.col(Columns.quoted(getFeaturesCol()));
        Invalid invalid = Settings.constant(Invalid.class, getHandleInvalid());
        Slice slice = new Slice(learned.width(), learned.selected(), invalid, getFeaturesCol());
        Metadata metadata = schema.apply(getOutputCol()).metadata();
        return slice.usable(dataset)
                .withColumn(
                        getOutputCol(),
                        functions
                                .udf(slice, SQLDataTypes.VectorType())
                                .apply(features)
                                .as(getOutputCol(), metadata));
    }

    /** @throws IllegalArgumentException if the column of features is not there, has other vectors, or the output is there already */
    @Override
    public StructType transformSchema(StructType schema) {
        return Words.ofParams(() -> withOutput(this, schema, Optional.of(learned)));
    }

    /** A schema with the column of what is kept; with its attributes as far as they are known. */
    static StructType withOutput(StochasticGateSelectorParams params, StructType schema, Optional<Learned> learned) {
        StructField input = Columns.requireVector(schema, "featuresCol", params.getFeaturesCol());
        String output = params.getOutputCol();
        Columns.requireFree(schema, "outputCol", output);
        AttributeGroup group = learned.map(known -> slice(AttributeGroup.fromStructField(input), known, output))
                .orElse(new AttributeGroup(output));
        return schema.add(new StructField(output, SQLDataTypes.VectorType(), true, group.toMetadata()));
    }

    private static AttributeGroup slice(AttributeGroup of, Learned learned, String output) {
        if (of.size() >= 0 && of.size() != learned.width()) {
            throw new UserError("featuresCol: vectors in column \"" + of.name() + "\" must have " + learned.width()
                    + " numbers, got " + of.size());
        }
        if (of.attributes().isEmpty()) {
            return new AttributeGroup(output, learned.selected().length);
        }
        Attribute[] all = of.attributes().get();
        return new AttributeGroup(
                output, IntStream.of(learned.selected()).mapToObj(i -> all[i]).toArray(Attribute[]::new));
    }

    @Override
    public StochasticGateSelectorModel copy(ParamMap extra) {
        return copyValues(new StochasticGateSelectorModel(uid, learned), extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return Saved.writer(this, Map.of(FILE, Saved.json(learned)));
    }

    public static MLReader<StochasticGateSelectorModel> read() {
        return Saved.reader(
                StochasticGateSelectorModel.class,
                (uid, path, files) ->
                        new StochasticGateSelectorModel(uid, Saved.json(files.apply(FILE), Learned.class, path)));
    }

    public static StochasticGateSelectorModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "StochasticGateSelectorModel: uid=" + uid + ", numSelectedFeatures=" + learned.selected().length;
    }
}
