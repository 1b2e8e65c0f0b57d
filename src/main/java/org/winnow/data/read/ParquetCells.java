package org.winnow.data.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** The values of one leaf of a Parquet file's row group, read forward. */
final class ParquetCells {
    private static final int SIGN = 0x8000;
    private static final int FRACTION = 0x3FF;
    private static final int EXPONENT = 0x1F;
    private static final int BITS_OF_FRACTION = 10;
    private static final int BIAS = 15;

    private final ColumnReader from;
    private final ToDoubleFunction<ColumnReader> number;
    private final int there;
    private final long values;
    private long read;

    /**
     * @param half whether its numbers have 16 bits
     * @param writer of the file, whose mistakes the library knows
     */
    ParquetCells(PageReadStore pages, ColumnDescriptor leaf, boolean half, @Nullable ParsedVersion writer) {
        PageReader reader = pages.getPageReader(leaf);
        this.from = new ColumnReaderImpl(leaf, reader, new PrimitiveConverter() {}, writer);
        this.number = half ? ParquetCells::half : number(leaf.getPrimitiveType());
        this.there = leaf.getMaxDefinitionLevel();
        this.values = reader.getTotalValueCount();
    }

    /** The next number of a leaf without lists. */
    double nextNumber() {
        double value = number.applyAsDouble(from);
        step();
        return value;
    }

    /** Whether the next cell of a leaf without lists has no value; then it is passed. */
    boolean passMissing() {
        boolean missing = from.getCurrentDefinitionLevel() < there;
        if (missing) {
            step();
        }
        return missing;
    }

    /** The next text of a leaf without lists. */
    String nextText() throws MalformedInput {
        byte[] bytes = from.getBinary().getBytesUnsafe();
        step();
        return CsvFormat.RFC_4180.text(bytes, bytes.length);
    }

    /**
     * The next list of a leaf that is in one, NaN where an element is missing; null for no list.
     *
     * @param list how many levels of definition say that there is a list, though perhaps an empty one
     */
    double @Nullable [] nextNumbers(int list) {
        int level = from.getCurrentDefinitionLevel();
        if (level <= list) {
            step();
            return level < list ? null : new double[0];
        }
        double[] numbers = new double[8];
        int count = 0;
        do {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = from.getCurrentDefinitionLevel() < there ? Double.NaN : number.applyAsDouble(from);
            step();
        } while (read < values && from.getCurrentRepetitionLevel() > 0);
        return Arrays.copyOf(numbers, count);
    }

    private void step() {
        from.consume();
        read++;
    }

    private static ToDoubleFunction<ColumnReader> number(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        boolean unsigned = meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
        int scale = meaning instanceof DecimalLogicalTypeAnnotation decimal ? decimal.getScale() : 0;
        return switch (type.getPrimitiveTypeName()) {
            case DOUBLE -> ColumnReader::getDouble;
            case FLOAT -> ColumnReader::getFloat;
            case BOOLEAN -> reader -> reader.getBoolean() ? 1 : 0;
            case INT32 ->
                unsigned
                        ? reader -> Integer.toUnsignedLong(reader.getInteger())
                        : scale == 0
                                ? ColumnReader::getInteger
                                : reader -> BigDecimal.valueOf(reader.getInteger(), scale)
                                        .doubleValue();
            case INT64 ->
                unsigned
                        ? reader -> unsigned(reader.getLong())
                        : scale == 0
                                ? ColumnReader::getLong
                                : reader -> BigDecimal.valueOf(reader.getLong(), scale)
                                        .doubleValue();
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                reader -> new BigDecimal(new BigInteger(reader.getBinary().getBytesUnsafe()), scale).doubleValue();
            case INT96 -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : new BigInteger(Long.toUnsignedString(value)).doubleValue();
    }

    /** A number of 16 bits (IEEE 754-2008, binary16), low byte first. */
    private static double half(ColumnReader reader) {
        int bits = ByteBuffer.wrap(reader.getBinary().getBytesUnsafe())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getShort();
        int exponent = (bits >> BITS_OF_FRACTION) & EXPONENT;
        int fraction = bits & FRACTION;
        double size;
        if (exponent == EXPONENT) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            int whole = exponent == 0 ? fraction : fraction + FRACTION + 1;
            size = Math.scalb((double) whole, Math.max(exponent, 1) - BIAS - BITS_OF_FRACTION);
        }
        return (bits & SIGN) == 0 ? size : -size;
    }
}
