package org.winnow.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/** Writes rows to Parquet as Spark does: with its schema, its notes on that, its compression, and checksums. */
final class ParquetRowWriter extends WriteSupport<Row> {
    private static final String SPARK_VERSION = "org.apache.spark.version";
    private static final String SPARK_COLUMNS = "org.apache.spark.sql.parquet.row.metadata";

    private final StructType columns;
    private @Nullable RecordConsumer consumer;

    private ParquetRowWriter(StructType columns) {
        this.columns = columns;
    }

    /**
     * Writes a file.
     *
     * @param out left open
     */
    static void write(StructType columns, Iterable<Row> rows, OutputStream out, Configuration hadoop)
            throws IOException {
        try (ParquetWriter<Row> file = new Builder(columns, new Target(out))
                .withConf(hadoop)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withPageWriteChecksumEnabled(true)
                .build()) {
            for (Row row : rows) {
                file.write(row);
            }
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
        private final StructType columns;

        Builder(StructType columns, OutputFile file) {
            super(file);
            this.columns = columns;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(Configuration hadoop) {
            return new ParquetRowWriter(columns);
        }
    }

    /** A stream as Parquet wants it. */
    private record Target(OutputStream out) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return new PositionOutputStream() {
                private long position;

                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                    position++;
                }

                @Override
                public void write(byte[] some, int from, int count) throws IOException {
                    out.write(some, from, count);
                    position += count;
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return create(blockSize);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    @Override
    public WriteContext init(Configuration hadoop) {
        return new WriteContext(
                ParquetColumns.of(columns),
                Map.of(
                        SPARK_VERSION,
                        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                        SPARK_COLUMNS,
                        columns.json()));
    }

    @Override
    public void prepareForWrite(RecordConsumer to) {
        consumer = to;
    }

    @Override
    public void write(Row row) {
        RecordConsumer to = Objects.requireNonNull(consumer);
        to.startMessage();
        for (int i = 0; i < columns.length(); i++) {
            StructField column = columns.apply(i);
            Object cell = row.get(i);
            if (cell != null) {
                field(to, column.name(), i, column.dataType(), cell);
            } else if (!column.nullable()) {
                throw new IllegalArgumentException("column " + column.name() + " must not be null");
            }
        }
        to.endMessage();
    }

    private static void field(RecordConsumer to, String name, int index, DataType type, Object cell) {
        to.startField(name, index);
        if (type instanceof ArrayType array) {
            group(to, "list", elements(cell), element -> field(to, "element", 0, array.elementType(), element));
        } else if (type instanceof MapType map) {
            group(to, "key_value", entries(cell), entry -> {
                field(to, "key", 0, map.keyType(), entry.getKey());
                field(to, "value", 1, map.valueType(), entry.getValue());
            });
        } else if (type.equals(DataTypes.StringType)) {
            to.addBinary(Binary.fromString((String) cell));
        } else if (type.equals(DataTypes.IntegerType)) {
            to.addInteger((Integer) cell);
        } else if (type.equals(DataTypes.LongType)) {
            to.addLong((Long) cell);
        } else if (type.equals(DataTypes.DoubleType)) {
            to.addDouble((Double) cell);
        } else {
            to.addBoolean((Boolean) cell);
        }
        to.endField(name, index);
    }

    /** Parquet has a field without any items only by leaving it out. */
    private static <T> void group(RecordConsumer to, String repeated, Iterable<T> items, Consumer<T> write) {
        to.startGroup();
        boolean begun = false;
        for (T item : items) {
            if (!begun) {
                to.startField(repeated, 0);
                begun = true;
            }
            to.startGroup();
            write.accept(item);
            to.endGroup();
        }
        if (begun) {
            to.endField(repeated, 0);
        }
        to.endGroup();
    }

    private static List<?> elements(Object cell) {
        return cell instanceof long[] numbers
                ? LongStream.of(numbers).boxed().toList()
                : Arrays.asList((Object[]) cell);
    }

    @SuppressWarnings("unchecked") // The columns say of what it is.
    private static Iterable<Map.Entry<String, String>> entries(Object cell) {
        return JavaConverters.mapAsJavaMap((scala.collection.Map<String, String>) cell)
                .entrySet();
    }
}
