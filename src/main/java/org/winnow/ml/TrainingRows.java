package org.winnow.ml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.winnow.data.DataLoader;
import org.winnow.data.DataOptions;
import org.winnow.data.LoadedData;
import org.winnow.data.Missing;
import org.winnow.data.Standardising;
import org.winnow.data.Task;
import org.winnow.data.read.Format;
import org.winnow.data.read.Invalid;
import org.winnow.data.read.VectorReader;

/**
 * Rows of a Dataset, ready to train on; held until they are closed.
 *
 * @param features names of what the vectors hold
 * @param loaded shards of the rows
 */
record TrainingRows(List<String> features, LoadedData loaded) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRows.class);
    private static final DataOptions PLAIN = DataOptions.of("dataset");

    /**
     * Reads rows.
     *
     * @param classes says of the rows, whose first column is the label, how many classes there are; 0: labels can be any
     *     number
     * @throws org.winnow.check.UserError if they cannot be learned from
     */
    static TrainingRows of(Dataset<?> dataset, RowParams params, Task task, ToIntFunction<Dataset<Row>> classes) {
        List<String> names = columns(params);
        Dataset<Row> rows =
                dataset.select(names.stream().map(name -> column(params, name)).toArray(Column[]::new));
        StructField vector = rows.schema().fields()[1];
        Invalid invalid = Settings.constant(Invalid.class, params.getHandleInvalid());
        boolean holds = dataset.storageLevel().equals(StorageLevel.NONE());
        if (holds) {
            // Read twice, and upstream may not give the same rows in the same order twice.
            rows.persist(StorageLevel.MEMORY_AND_DISK());
        }
        try {
            List<String> features = Columns.features(rows, vector);
            VectorReader.Columns columns = new VectorReader.Columns(names, features, classes.applyAsInt(rows), invalid);
            LoadedData loaded = DataLoader.load(
                    VectorReader.open(rows, columns),
                    options(params, names.get(0), task, invalid),
                    params.getShards(),
                    params.getSeed());
            loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
            return new TrainingRows(features, loaded);
        } finally {
            if (holds) {
                rows.unpersist();
            }
        }
    }

    /** @throws org.winnow.check.UserError if a column is not there, or of another type */
    static void requireColumns(RowParams params, StructType schema) {
        Columns.requireVector(schema, "featuresCol", params.getFeaturesCol());
        Columns.requireNumbers(schema, "labelCol", params.getLabelCol());
        if (!params.getWeightCol().isEmpty()) {
            Columns.requireNumbers(schema, "weightCol", params.getWeightCol());
        }
    }

    private static List<String> columns(RowParams params) {
        List<String> names = new ArrayList<>(List.of(params.getLabelCol(), params.getFeaturesCol()));
        if (!params.getWeightCol().isEmpty()) {
            names.add(params.getWeightCol());
        }
        return List.copyOf(names);
    }

    private static Column column(RowParams params, String name) {
        Column column = functions.col(Columns.quoted(name));
        return name.equals(params.getFeaturesCol()) ? column : column.cast(DataTypes.DoubleType);
    }

    private static DataOptions options(RowParams params, String label, Task task, Invalid invalid) {
        return new DataOptions(
                PLAIN.path(),
                Format.AUTO,
                label,
                task,
                params.getTestFraction(),
                PLAIN.testFiles(),
                PLAIN.trainRows(),
                Settings.constant(Standardising.class, params.getStandardise()),
                invalid == Invalid.KEEP ? Missing.MEAN : Missing.ERROR,
                PLAIN.categorical(),
                PLAIN.ignore(),
                PLAIN.missingValues(),
                PLAIN.maxCategories());
    }

    /** Where in the vectors features of these names are. */
    int[] places(List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
            places.put(features.get(i), i);
        }
        return names.stream().mapToInt(places::get).toArray();
    }

    @Override
    public void close() {
        loaded.shards().unpersist();
    }
}
