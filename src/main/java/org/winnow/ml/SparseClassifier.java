package org.winnow.ml;

import java.util.Map;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.winnow.data.Task;

/**
 * Learns classes with a network that it makes sparse by any of the methods of {@code jobs/prune.sh}: with the same rows in
 * the same order, the same settings and the same seed, to the same bits.
 */
public final class SparseClassifier extends ProbabilisticClassifier<Vector, SparseClassifier, SparseClassifierModel>
        implements SparseClassifierParams, SparsePredictorSetters<SparseClassifier>, MLWritable {
    private static final long serialVersionUID = 1;

    private final @Nullable String uid;

    public SparseClassifier() {
        this(Identifiable$.MODULE$.randomUID("sparseClassifier"));
    }

    public SparseClassifier(String uid) {
        this(Uid.handed(uid));
    }

    private SparseClassifier(Uid uid) {
        this.uid = uid.taken();
        setClassifierDefaults();
    }

    @Override
    public String uid() {
        return uid == null ? Uid.ofNew() : uid;
    }

    @Override
    public SparseClassifierModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        return copyValues(train(dataset).setParent(this), extractParamMap());
    }

    /** Learns from rows whose schema is as it has to be. */
    @Override
    public SparseClassifierModel train(Dataset<?> dataset) {
        return Words.ofParams(() -> {
            try (TrainingRows rows = TrainingRows.of(dataset, this, Task.CLASSIFICATION, this::classes)) {
                return new SparseClassifierModel(uid(), PrunedNetwork.fit(rows, this));
            }
        });
    }

    private int classes(Dataset<Row> rows) {
        return Columns.classes(rows, getLabelCol());
    }

    /** @throws IllegalArgumentException if a column is not there or of another type, or one to be is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Words.ofParams(() -> {
            TrainingRows.requireColumns(this, schema);
            return Outputs.ofClasses(this, schema, 0);
        });
    }

    @Override
    public SparseClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public MLWriter write() {
        return Saved.writer(this, Map.of());
    }

    public static MLReader<SparseClassifier> read() {
        return Saved.reader(SparseClassifier.class, (uid, path, files) -> new SparseClassifier(uid));
    }

    public static SparseClassifier load(String path) {
        return read().load(path);
    }
}
