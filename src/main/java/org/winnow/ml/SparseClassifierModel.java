package org.winnow.ml;

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

    public SparseClassifierModel setProbabilityCol(String value) {
        return Settings.set(this, probabilityCol(), value);
    }

    /** How many classes there are. */
    public int numClasses() {
        return pruned().network().outputs();
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        return Outputs.classes(this, pruned(), dataset, transformSchema(dataset.schema()));
    }

    /** @throws org.winnow.check.UserError if the column of features is not there, or one of the outputs is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Outputs.ofClasses(this, schema, numClasses());
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
