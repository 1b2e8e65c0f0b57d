package org.winnow.ml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.winnow.SparkTest;
import org.winnow.kernel.Noise;

/** Rows for tests: the sign of the feature {@code b} is the class, the others are noise. */
final class Data {
    static final String[] NAMES = {"a", "b", "c", "d"};
    private static final double OTHER_WEIGHT = 3;

    private Data() {}

    /** Columns id, features, label (a class), number (twice b), weight (1, and 3 for every third row). */
    static Dataset<Row> rows(int count, boolean sparse) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] values = new double[NAMES.length];
            Noise.of(11).child(i).normal(values, 0);
            Vector vector = sparse ? Vectors.dense(values).toSparse() : Vectors.dense(values);
            rows.add(RowFactory.create(
                    (long) i, vector, values[1] > 0 ? 1.0 : 0.0, 2 * values[1], i % 3 == 0 ? OTHER_WEIGHT : 1.0));
        }
        return SparkTest.session().createDataFrame(rows, schema()).coalesce(1);
    }

    /** A row whose feature {@code b} is not a number. */
    static Dataset<Row> invalidRow() {
        Row row = RowFactory.create(99L, Vectors.dense(0, Double.NaN, 0, 0), 1.0, 1.0, 1.0);
        return SparkTest.session().createDataFrame(List.of(row), schema());
    }

    private static StructType schema() {
        Attribute[] attributes = new Attribute[NAMES.length];
        for (int i = 0; i < NAMES.length; i++) {
            attributes[i] = NumericAttribute.defaultAttr().withName(NAMES[i]);
        }
        Metadata named = new AttributeGroup("features", attributes).toMetadata();
        return new StructType()
                .add("id", DataTypes.LongType, false)
                .add(new StructField("features", SQLDataTypes.VectorType(), true, named))
                .add("label", DataTypes.DoubleType, true)
                .add("number", DataTypes.DoubleType, true)
                .add("weight", DataTypes.DoubleType, true);
    }
}
