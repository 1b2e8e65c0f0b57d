package org.winnow.ml;

import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple3;

/** What a {@link SparseClassifier} has learned: a network with few weights. */
public final class SparseClassifierModel extends ProbabilisticClassificationModel<Vector, SparseClassifierModel>
        implements SparseClassifierParams, SparsePredictorModel<SparseClassifierModel> {
    private static final long serialVersionUID = 1;

    private final @Nullable String uid;
    private final transient PrunedNetwork pruned;

    SparseClassifierModel(String uid, PrunedNetwork pruned) {
        this(Uid.handed(uid), pruned);
    }

    private SparseClassifierModel(Uid uid, PrunedNetwork pruned) {
        this.uid = uid.taken();
        this.pruned = pruned;
        setClassifierDefaults();
    }

    @Override
    public String uid() {
        return uid == null ? Uid.ofNew() : uid;
    }

    @Override
    public PrunedNetwork pruned() {
        return pruned;
    }

    @Override
    public int numFeatures() {
        return pruned.learned().width();
    }

    @Override
    public int numClasses() {
        return pruned.network().outputs();
    }

    /** The class of a vector: the most probable one, with {@code thresholds} that whose quotient is largest. */
    @Override
    public double predict(Vector features) {
        return Words.ofParams(() -> decision().call(predictRaw(features)));
    }

    /** The network's answers to a vector before they become probabilities, one for each class. */
    @Override
    public Vector predictRaw(Vector features) {
        return Words.ofParams(() -> Answers.of(this).call(features));
    }

    @Override
    public Vector raw2probabilityInPlace(Vector raw) {
        double[] values = ((DenseVector) raw).values();
        System.arraycopy(Answers.probabilities(raw).toArray(), 0, values, 0, values.length);
        return raw;
    }

    /** For summaries, which this model does not have; Scala's two types of it are none that Java takes for one. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Tuple3 findSummaryModel() {
        return new Tuple3(this, getProbabilityCol(), getPredictionCol());
    }

    /** @throws org.winnow.check.UserError if there are not as many thresholds as classes */
    Decision decision() {
        return isDefined(thresholds()) ? Decision.of(getThresholds(), numClasses()) : Decision.MOST_PROBABLE;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        Decision decision = Words.ofParams(this::decision);
        return Outputs.classes(this, pruned, decision, dataset, schema);
    }

    /** @throws IllegalArgumentException if the column of features is not there, or one of the outputs is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Words.ofParams(() -> Outputs.ofClasses(this, schema, numClasses()));
    }

    @Override
    public SparseClassifierModel copy(ParamMap extra) {
        return copyValues(new SparseClassifierModel(uid(), pruned), extra).setParent(parent());
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
