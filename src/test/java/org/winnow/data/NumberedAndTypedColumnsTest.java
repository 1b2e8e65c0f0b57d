package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.check.UserError;
import org.winnow.data.read.Dialect;
import org.winnow.data.read.Format;

/** Columns that have types (Parquet), and columns that have only numbers (libsvm). */
class NumberedAndTypedColumnsTest {
    private static final StructType TYPES = new StructType()
            .add("v", SQLDataTypes.VectorType())
            .add("when", DataTypes.TimestampType)
            .add("flag", DataTypes.BooleanType)
            .add("a.b", DataTypes.StringType)
            .add("n", DataTypes.DoubleType)
            .add("target", DataTypes.FloatType);

    @TempDir
    Path folder;

    private String parquet(@Nullable Object fifth) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(RowFactory.create(
                    Vectors.dense(i, -i),
                    new Timestamp(i),
                    i % 2 == 0,
                    i < 3 ? "u" : "w",
                    i == 4 ? fifth : Double.valueOf(10 * i),
                    i / 2f));
        }
        String path = folder + "/" + fifth + ".parquet";
        SparkTest.session().createDataFrame(rows, TYPES).coalesce(1).write().parquet(path);
        return path;
    }

    private static DataOptions ignoring(String path, String... names) {
        DataOptions defaults = DataOptions.of(path);
        return new DataOptions(
                path,
                Format.AUTO,
                "",
                Task.REGRESSION,
                0,
                "",
                0,
                Standardising.COLUMNS,
                Missing.ERROR,
                List.of(),
                List.of(names),
                defaults.missingValues(),
                100);
    }

    @Test
    void parquetColumnsAreReadByType() {
        String path = parquet(5.0);
        LoadedData data = DataLoader.load(SparkTest.session(), ignoring(path, "when"), 1, 1);
        assertEquals(
                List.of("v_0", "v_1", "flag", "a.b=u", "a.b=w", "n"),
                data.schema().inputNames());
        List<EncodedRow> rows = DataLoader.loadForPrediction(SparkTest.session(), DataOptions.of(path), data.encoder())
                .rows()
                .collect();
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L),
                rows.stream().map(EncodedRow::row).toList());
        float[] third = rows.get(2).inputs();
        assertArrayEquals(new float[] {-0.29277f, 0.29277f, 1, 1, 0}, Arrays.copyOf(third, 5), 1e-4f);
    }

    @Test
    void parquetCellsThatCannotBeUsedAreToldOf() {
        assertSays(
                "column \"when\": cannot read type timestamp (int96), only numbers, booleans, text, and vectors or "
                        + "lists of numbers; leave it out with data.ignore",
                ignoring(parquet(1.0)));
        assertSays(
                "row 5, column \"n\": \"NaN\" is not a finite number; correct it, or list it in data.missing_values",
                ignoring(parquet(Double.NaN), "when"));
        assertSays(
                "row 5, column \"n\": the value is missing (\"null\"); set data.missing to mean or most_frequent to "
                        + "fill it",
                ignoring(parquet(null), "when"));
    }

    @Test
    void libsvmFeaturesAreNumbered() {
        String path = TestFiles.write(folder, "x.libsvm", "1.5 1:1 3:2\n2 2:1 4:1\n3 1:4 # end\n");
        LoadedData data =
                DataLoader.load(SparkTest.session(), ignoring(path, "f2").withLabel("y"), 1, 1);
        assertEquals(List.of("f0", "f1", "f3"), data.schema().inputNames());
        assertEquals(List.of("data.label=y is not used: libsvm data has its own label"), data.warnings());
        String shorter = TestFiles.write(folder, "new.libsvm", "0 1:1\n");
        float[] inputs = DataLoader.loadForPrediction(SparkTest.session(), DataOptions.of(shorter), data.encoder())
                .rows()
                .first()
                .inputs();
        assertEquals(3, inputs.length);
        assertEquals((1 - 5.0 / 3) / Math.sqrt(26.0 / 9), inputs[0], 1e-6);
        assertSays("data.ignore: no feature \"f7\" in x.libsvm; features: f0 to f3", ignoring(path, "f7"));
    }

    @Test
    void libsvmFilesMayCountFromZeroAndNeedNoLabelsForPrediction() {
        String one = TestFiles.write(folder, "one.libsvm", "1.5 1:1 3:2\n2 2:1 4:1\n3 1:4\n");
        String zero = TestFiles.write(folder, "zero.libsvm", "1.5 0:1 2:2\n2 1:1 3:1\n3 0:4\n");
        DataOptions fromZero = ignoring(zero)
                .with(Format.AUTO, Missing.ERROR, List.of(), new Dialect(true, "utf-8", "auto", "auto", 0));
        LoadedData data = DataLoader.load(SparkTest.session(), fromZero, 1, 1);
        assertEquals(DataLoader.load(SparkTest.session(), ignoring(one), 1, 1).fingerprint(), data.fingerprint());
        assertEquals(
                "zero.libsvm: indices are taken to begin with 0, which is feature f0 (data.first_index)",
                data.notes().get(1));
        String unlabelled = TestFiles.write(folder, "new.svm", "1:1 3:2\n1,7 1:1 3:2\n");
        List<EncodedRow> rows = DataLoader.loadForPrediction(
                        SparkTest.session(), DataOptions.of(unlabelled), data.encoder())
                .rows()
                .collect();
        assertArrayEquals(rows.get(0).inputs(), rows.get(1).inputs());
    }

    private static void assertSays(String end, DataOptions options) {
        UserError error = assertThrows(UserError.class, () -> DataLoader.load(SparkTest.session(), options, 1, 1));
        String message = String.valueOf(error.getMessage());
        assertEquals(end, message.substring(Math.max(0, message.length() - end.length())));
    }
}
