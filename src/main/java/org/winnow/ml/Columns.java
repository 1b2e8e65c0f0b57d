package org.winnow.ml;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.winnow.check.UserError;

/** Columns of a Dataset, as params name them. */
final class Columns {
    private static final int MOST_CLASSES = 1000;

    private Columns() {}

    /** @throws UserError if the column is not there, or holds no vectors */
    static StructField requireVector(StructType schema, String param, String column) {
        StructField field = require(schema, param, column);
        if (!field.dataType().equals(SQLDataTypes.VectorType())) {
            throw wrongType(param, field, "vectors");
        }
        return field;
    }

    /** @throws UserError if the column is not there, or holds no numbers */
    static void requireNumbers(StructType schema, String param, String column) {
        StructField field = require(schema, param, column);
        if (!(field.dataType() instanceof NumericType)) {
            throw wrongType(param, field, "numbers");
        }
    }

    /** @throws UserError if there is a column of that name */
    static void requireFree(StructType schema, String param, String column) {
        if (List.of(schema.fieldNames()).contains(column)) {
            throw new UserError(param + ": there is a column \"" + column + "\" already");
        }
    }

    private static StructField require(StructType schema, String param, String column) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        param + ": no column \"" + column + "\"; columns: " + String.join(", ", schema.fieldNames())));
    }

    private static UserError wrongType(String param, StructField field, String wanted) {
        return new UserError(param + ": column \"" + field.name() + "\" must hold " + wanted + ", got "
                + field.dataType().simpleString());
    }

    /**
     * Names for what the vectors of a column hold: those of its attributes, or f0, f1, …
     *
     * @throws UserError if nothing says how many there are
     */
    static List<String> features(Dataset<Row> dataset, StructField field) {
        AttributeGroup group = AttributeGroup.fromStructField(field);
        int width = group.size() > 0 ? group.size() : width(dataset, field.name());
        List<String> numbered = IntStream.range(0, width).mapToObj(i -> "f" + i).toList();
        if (group.attributes().isEmpty()) {
            return numbered;
        }
        Attribute[] attributes = group.attributes().get();
        List<String> names = IntStream.range(0, width)
                .mapToObj(i -> attributes[i].name().isEmpty()
                        ? numbered.get(i)
                        : attributes[i].name().get())
                .toList();
        return new HashSet<>(names).size() == width ? names : numbered;
    }

    /**
     * How many classes there are: one more than the largest label.
     *
     * @param rows whose first column is the label
     * @param column its name, for messages
     * @throws UserError if no such number of classes can be learned
     */
    static int classes(Dataset<Row> rows, String column) {
        Column label = functions.col(Columns.quoted(rows.columns()[0]));
        Row largest = rows.filter(label.isNotNull().and(functions.not(functions.isnan(label))))
                .agg(functions.max(label))
                .first();
        double classes = largest.isNullAt(0) ? 0 : Math.floor(largest.getDouble(0)) + 1;
        if (!(classes >= 2 && classes <= MOST_CLASSES)) {
            throw new UserError("labelCol: column \"" + column + "\" must hold classes 0, 1, …, at least 2 and at most "
                    + MOST_CLASSES + " of them, got a largest label of "
                    + (largest.isNullAt(0) ? "none" : largest.get(0)));
        }
        return (int) classes;
    }

    private static int width(Dataset<Row> dataset, String column) {
        return dataset
                .select(functions.col(quoted(column)))
                .filter(functions.col(quoted(column)).isNotNull())
                .takeAsList(1)
                .stream()
                .map(row -> row.<Vector>getAs(0).size())
                .findFirst()
                .orElseThrow(() -> new UserError("featuresCol: no rows with a vector in column \"" + column + "\""));
    }

    /** The name as Spark's functions take it, whatever characters it has. */
    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
