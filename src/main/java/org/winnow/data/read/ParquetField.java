package org.winnow.data.read;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A field of a Parquet file.
 *
 * @param name as the file has it
 * @param kind what it holds
 * @param type what the file calls that
 */
record ParquetField(String name, Kind kind, String type) implements Serializable {
    /** What a field holds. */
    enum Kind {
        /** A number or a boolean. */
        NUMBER("a number"),
        /** Text. */
        TEXT("text"),
        /** A list of numbers, or a vector of Spark ML. */
        NUMBERS("a vector"),
        /** What cannot be read. */
        OTHER("of a type that is not read");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final String BOOLEAN = PrimitiveTypeName.BOOLEAN.name().toLowerCase(Locale.ROOT);

    /** The names of the parts of a vector as Spark ML writes it. */
    static final List<String> VECTOR = List.of("type", "size", "indices", "values");

    /**
     * What a field is.
     *
     * @param leaves those of its leaves
     * @param half whether its first leaf is a number of 16 bits
     */
    static ParquetField of(Type field, List<ColumnDescriptor> leaves, boolean half) {
        return new ParquetField(field.getName(), kind(field, leaves, half), typeInWords(field, half));
    }

    private static Kind kind(Type field, List<ColumnDescriptor> leaves, boolean half) {
        if (isVector(field)) {
            return Kind.NUMBERS;
        }
        if (leaves.size() != 1) {
            return Kind.OTHER;
        }
        ColumnDescriptor leaf = leaves.get(0);
        PrimitiveType type = leaf.getPrimitiveType();
        boolean number = half || isNumber(type);
        if (leaf.getMaxRepetitionLevel() == 1 && number) {
            return Kind.NUMBERS;
        }
        if (!field.isPrimitive() || leaf.getMaxRepetitionLevel() > 0) {
            return Kind.OTHER;
        }
        return number ? Kind.NUMBER : isText(type) ? Kind.TEXT : Kind.OTHER;
    }

    /** Whether it is true or false. */
    boolean isTruth() {
        return kind == Kind.NUMBER && type.equals(BOOLEAN);
    }

    static boolean isVector(Type field) {
        return !field.isPrimitive()
                && field.asGroupType().getFields().stream()
                        .map(Type::getName)
                        .toList()
                        .equals(VECTOR);
    }

    private static boolean isNumber(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        boolean plain = meaning == null;
        boolean decimal = meaning instanceof DecimalLogicalTypeAnnotation;
        return switch (type.getPrimitiveTypeName()) {
            case FLOAT, DOUBLE, BOOLEAN -> true;
            case INT32, INT64 -> plain || decimal || meaning instanceof IntLogicalTypeAnnotation;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> decimal;
            case INT96 -> false;
        };
    }

    private static boolean isText(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && (meaning instanceof StringLogicalTypeAnnotation
                        || meaning instanceof EnumLogicalTypeAnnotation
                        || meaning instanceof JsonLogicalTypeAnnotation);
    }

    private static String typeInWords(Type field, boolean half) {
        LogicalTypeAnnotation meaning = field.getLogicalTypeAnnotation();
        if (half) {
            return "float16";
        }
        if (meaning != null) {
            return meaning.toString().toLowerCase(Locale.ROOT).replaceFirst(",(true|false)", "");
        }
        if (!field.isPrimitive()) {
            GroupType group = field.asGroupType();
            return "struct of " + group.getFieldCount() + " fields";
        }
        PrimitiveTypeName name = field.asPrimitiveType().getPrimitiveTypeName();
        return name == PrimitiveTypeName.INT96
                ? "timestamp (int96)"
                : name.name().toLowerCase(Locale.ROOT);
    }
}
