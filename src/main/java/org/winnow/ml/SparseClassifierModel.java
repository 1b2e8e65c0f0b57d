package org.winnow.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What a {@link SparseClassifier} has learned: a network with few weights. */
public final class SparseClassifierModel extends SparsePredictorModel<SparseClassifierModel>
        implements SparseClassifierParams {
    private static final long serialVersionUID = 1;

    SparseClassifierModel(String uid, PrunedNetwork pruned) {
        super(uid, pruned);
        setClassifierDefaults();
    }

    public SparseClassifierModel setRawPredictionCol(String value) {
        return Settings.set(this, rawPredictionCol(), value);
    }

    public SparseClassifierModel setThresholds(double... value) {
        return Settings.set(this, thresholds(), value);
    }

    public SparseClassifierModel setProbabilityCol(String value) {
        return Settings.set(this, probabilityCol(), value);
    }

    /** How many classes there are. */
    public int numClasses() {
        return pruned().network().outputs();
    }

    /** The class of a vector: the most probable one, with {@code thresholds} that whose quotient is largest. */
    public double predict(Vector features) {
        return Words.ofParams(() -> decision().call(predictRaw(features)));
    }

    /** The network's answers to a vector before they become probabilities, one for each class. */
    public Vector predictRaw(Vector features) {
        return Words.ofParams(() -> answers().call(features));
    }

    /** The probabilities of the classes of a vector. */
    public Vector predictProbability(Vector features) {
        return Answers.probabilities(predictRaw(features));
    }

    /** @throws org.winnow.check.UserError if there are not as many thresholds as classes */
    Decision decision() {
        return isDefined(thresholds()) ? Decision.of(getThresholds(), numClasses()) : Decision.MOST_PROBABLE;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        Decision decision = Words.ofParams(this::decision);
        return Outputs.classes(this, pruned(), decision, dataset, schema);
    }

    /** @throws IllegalArgumentException if the column of features is not there, or one of the outputs is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Words.ofParams(() -> Outputs.ofClasses(this, schema, numClasses()));
    }

    @Override
    public SparseClassifierModel copy(ParamMap extra) {
        return copyValues(new SparseClassifierModel(uid(), pruned()), extra).setParent(parent());
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
        return "SparseClassifierModel: uid=" + uid() + ", numFeatures=" + numFeatures() + ", numClasses="
                + numClasses();
    }
}
