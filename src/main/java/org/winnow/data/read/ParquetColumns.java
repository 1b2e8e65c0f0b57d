package org.winnow.data.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.winnow.check.UserError;

/**
 * The columns of a Parquet table, with an element of a vector as a column of its own: {@code features_0},
 * {@code features_1}, …
 *
 * @param fields the fields to read
 * @param header the names of the columns
 * @param places where each is
 */
record ParquetColumns(List<String> fields, List<String> header, List<Place> places) implements Serializable {
    /** A field, and an element of it if it is a vector. */
    record Place(int field, int element) implements Serializable {}

    /** Columns of numbers, booleans, text and vectors; others must be ignored, or not be asked for. */
    static ParquetColumns of(Dataset<Row> table, ColumnRules rules, String file) {
        List<String> fields = new ArrayList<>();
        List<String> header = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        for (StructField field : table.schema().fields()) {
            String name = field.name();
            boolean vector = field.dataType().equals(SQLDataTypes.VectorType());
            if (!vector
                    && !isSimple(field.dataType())
                    && rules.only().isEmpty()
                    && !rules.ignore().contains(name)) {
                throw new UserError(file + ", column \"" + name + "\": cannot read type "
                        + field.dataType().simpleString()
                        + ", only numbers, booleans, text and vectors; leave it out with data.ignore");
            }
            int elements = vector ? size(table, name, file) : 1;
            for (int element = 0; element < elements; element++) {
                header.add(vector ? name + "_" + element : name);
                places.add(new Place(fields.size(), element));
            }
            fields.add(name);
        }
        return new ParquetColumns(fields, header, places);
    }

    private static boolean isSimple(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType || type instanceof StringType;
    }

    private static int size(Dataset<Row> table, String name, String file) {
        List<Row> first = table.select("`" + name + "`").limit(1).collectAsList();
        if (first.isEmpty() || !(first.get(0).get(0) instanceof Vector vector)) {
            throw new UserError(file + " row 1, column \"" + name + "\": a vector is missing");
        }
        return vector.size();
    }
}
