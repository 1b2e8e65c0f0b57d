package org.winnow.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.winnow.data.Encoder;

/** What a {@link SparseRegressor} has learned: a network with few weights. */
public final class SparseRegressorModel extends RegressionModel<Vector, SparseRegressorModel>
        implements SparsePredictorModel<SparseRegressorModel> {
    private static final long serialVersionUID = 1;

    private final @Nullable String uid;
    private final transient PrunedNetwork pruned;

    SparseRegressorModel(String uid, PrunedNetwork pruned) {
        this(Uid.handed(uid), pruned);
    }

    private SparseRegressorModel(Uid uid, PrunedNetwork pruned) {
        this.uid = uid.taken();
        this.pruned = pruned;
        setPredictorDefaults();
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

    /** The number of a vector, in the label's own unit. */
    @Override
    public double predict(Vector features) {
        Encoder encoder = pruned.learned().encoder();
        return Words.ofParams(
                () -> encoder.targetMean() + Answers.of(this).call(features).apply(0) * encoder.targetScale());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        return Outputs.numbers(this, pruned, dataset, transformSchema(dataset.schema()));
    }

    /** @throws IllegalArgumentException if the column of features is not there, or that of predictions is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Words.ofParams(() -> Outputs.ofNumbers(this, schema));
    }

    @Override
    public SparseRegressorModel copy(ParamMap extra) {
        return copyValues(new SparseRegressorModel(uid(), pruned), extra).setParent(parent());
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
        return "SparseRegressorModel: uid=" + uid() + ", numFeatures=" + numFeatures();
    }
}
