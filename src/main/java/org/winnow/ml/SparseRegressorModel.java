package org.winnow.ml;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What a {@link SparseRegressor} has learned: a network with few weights. */
public final class SparseRegressorModel extends Model<SparseRegressorModel>
        implements SparsePredictorParams, MLWritable {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final transient PrunedNetwork pruned;

    SparseRegressorModel(String uid, PrunedNetwork pruned) {
        this.uid = uid;
        this.pruned = pruned;
        setPredictorDefaults();
    }

    @Override
    public String uid() {
        return uid;
    }

    public SparseRegressorModel setFeaturesCol(String value) {
        return Settings.set(this, featuresCol(), value);
    }

    public SparseRegressorModel setPredictionCol(String value) {
        return Settings.set(this, predictionCol(), value);
    }

    public SparseRegressorModel setHandleInvalid(String value) {
        return Settings.set(this, handleInvalid(), value);
    }

    /** Numbers that a vector has to have. */
    public int numFeatures() {
        return pruned.learned().width();
    }

    /** Places in the vector of the features that the network still looks at, rising. */
    public int[] usedFeatures() {
        return pruned.usedFeatures();
    }

    /** A row for each layer and threshold, as the prune job writes it. */
    public Dataset<Row> relevance() {
        return pruned.relevanceTable();
    }

    /** A row for each mask and threshold, as the prune job writes it. */
    public Dataset<Row> masks() {
        return pruned.masksTable();
    }

    /** A row for each gate of the layers whose method has gates; those of inputs and outputs by the weights they act on. */
    public Dataset<Row> gates() {
        return pruned.gatesTable();
    }

    /** A row for each ablation, as the prune job writes it. */
    public Dataset<Row> ablations() {
        return pruned.ablationsTable();
    }

    /** A row for each try of a search and for the result, as the prune job writes it. */
    public Dataset<Row> trials() {
        return pruned.trialsTable();
    }

    /** What was kept of each layer, for people. */
    public String summary() {
        return pruned.summary();
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        return Outputs.numbers(this, pruned, dataset, transformSchema(dataset.schema()));
    }

    /** @throws org.winnow.check.UserError if the column of features is not there, or that of predictions is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Outputs.ofNumbers(this, schema);
    }

    @Override
    public SparseRegressorModel copy(ParamMap extra) {
        return copyValues(new SparseRegressorModel(uid, pruned), extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return Saved.writer(this, pruned.files());
    }

    public static MLReader<SparseRegressorModel> read() {
        return Saved.reader(
                SparseRegressorModel.class,
                (uid, path, files) -> new SparseRegressorModel(uid, PrunedNetwork.read(files, path)));
    }

    public static SparseRegressorModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "SparseRegressorModel: uid=" + uid + ", numFeatures=" + numFeatures();
    }
}
