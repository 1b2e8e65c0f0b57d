package org.winnow.table;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns as Spark writes them to Parquet. */
final class ParquetColumns {
    private static final String NAME = "spark_schema";

    private ParquetColumns() {}

    static MessageType of(StructType columns) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (StructField column : columns.fields()) {
            message.addField(type(column.name(), column.dataType(), column.nullable()));
        }
        return message.named(NAME);
    }

    private static Type type(String name, DataType type, boolean nullable) {
        Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
        if (type instanceof ArrayType array) {
            return Types.list(repetition)
                    .element(type("element", array.elementType(), array.containsNull()))
                    .named(name);
        }
        if (type instanceof MapType map) {
            return Types.map(repetition)
                    .key(type("key", map.keyType(), false))
                    .value(type("value", map.valueType(), map.valueContainsNull()))
                    .named(name);
        }
        if (type.equals(DataTypes.StringType)) {
            return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name);
        }
        return Types.primitive(number(name, type), repetition).named(name);
    }

    private static PrimitiveTypeName number(String name, DataType type) {
        if (type.equals(DataTypes.IntegerType)) {
            return PrimitiveTypeName.INT32;
        }
        if (type.equals(DataTypes.LongType)) {
            return PrimitiveTypeName.INT64;
        }
        if (type.equals(DataTypes.DoubleType)) {
            return PrimitiveTypeName.DOUBLE;
        }
        if (type.equals(DataTypes.BooleanType)) {
            return PrimitiveTypeName.BOOLEAN;
        }
        throw new IllegalArgumentException("column " + name
                + " must be of string, int, bigint, double, boolean, array or map, got " + type.simpleString());
    }
}
