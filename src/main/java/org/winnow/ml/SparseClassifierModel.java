package org.winnow.ml;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What a {@link SparseClassifier} has learned: a network with few weights. */
public final class SparseClassifierModel extends Model<SparseClassifierModel>
        implements SparseClassifierParams, MLWritable {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final transient PrunedNetwork pruned;

    SparseClassifierModel(String uid, PrunedNetwork pruned) {
        this.uid = uid;
        this.pruned = pruned;
        setClassifierDefaults();
    }

    @Override
    public String uid() {
        return uid;
    }

    public SparseClassifierModel setFeaturesCol(String value) {
        return Settings.set(this, featuresCol(), value);
    }

    public SparseClassifierModel setPredictionCol(String value) {
        return Settings.set(this, predictionCol(), value);
    }

    public SparseClassifierModel setRawPredictionCol(String value) {
        return Settings.set(this, rawPredictionCol(), value);
    }

    public SparseClassifierModel setProbabilityCol(String value) {
        return Settings.set(this, probabilityCol(), value);
    }

    public SparseClassifierModel setHandleInvalid(String value) {
        return Settings.set(this, handleInvalid(), value);
    }

    /** Numbers that a vector has to have. */
    public int numFeatures() {
        return pruned.learned().width();
    }

    /** How many classes there are. */
    public int numClasses() {
        return pruned.network().outputs();
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
        return Outputs.classes(this, pruned, dataset, transformSchema(dataset.schema()));
    }

    /** @throws org.winnow.check.UserError if the column of features is not there, or one of the outputs is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Outputs.ofClasses(this, schema, numClasses());
    }

    @Override
    public SparseClassifierModel copy(ParamMap extra) {
        return copyValues(new SparseClassifierModel(uid, pruned), extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return Saved.writer(this, pruned.files());
    }

    public static MLReader<SparseClassifierModel> read() {
        return Saved.reader(
                SparseClassifierModel.class,
                (uid, path, files) -> new SparseClassifierModel(uid, PrunedNetwork.read(files, path)));
    }

    public static SparseClassifierModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "SparseClassifierModel: uid=" + uid + ", numFeatures=" + numFeatures() + ", numClasses=" + numClasses();
    }
}
