package org.winnow.ml;

import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.winnow.data.Task;

/**
 * Learns a number with a network that it makes sparse by any of the methods of {@code jobs/prune.sh}: with the same rows in
 * the same order, the same settings and the same seed, to the same bits.
 */
public final class SparseRegressor extends Regressor<Vector, SparseRegressor, SparseRegressorModel>
        implements SparsePredictorSetters<SparseRegressor>, MLWritable {
    private static final long serialVersionUID = 1;

    private final @Nullable String uid;

    public SparseRegressor() {
        this(Identifiable$.MODULE$.randomUID("sparseRegressor"));
    }

    public SparseRegressor(String uid) {
        this(Uid.handed(uid));
    }

    private SparseRegressor(Uid uid) {
        this.uid = uid.taken();
        setPredictorDefaults();
    }

    @Override
    public String uid() {
        return uid == null ? Uid.ofNew() : uid;
    }

    @Override
    public SparseRegressorModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        return copyValues(train(dataset).setParent(this), extractParamMap());
    }

    /** Learns from rows whose schema is as it has to be. */
    @Override
    public SparseRegressorModel train(Dataset<?> dataset) {
        return Words.ofParams(() -> {
            try (TrainingRows rows = TrainingRows.of(dataset, this, Task.REGRESSION, labels -> 0)) {
                return new SparseRegressorModel(uid(), PrunedNetwork.fit(rows, this));
            }
        });
    }

    /** @throws IllegalArgumentException if a column is not there or of another type, or one to be is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Words.ofParams(() -> {
            TrainingRows.requireColumns(this, schema);
            return Outputs.ofNumbers(this, schema);
        });
    }

    @Override
    public SparseRegressor copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public MLWriter write() {
        return Saved.writer(this, Map.of());
    }

    public static MLReader<SparseRegressor> read() {
        return Saved.reader(SparseRegressor.class, (uid, path, files) -> new SparseRegressor(uid));
    }

    public static SparseRegressor load(String path) {
        return read().load(path);
    }
}
