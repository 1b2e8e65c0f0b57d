package org.winnow.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * Reads rows of a Parquet file that {@link LocalTable} or Spark wrote, without Spark, which takes seconds to plan and to
 * compile what is over in milliseconds. A page that was changed is an error.
 */
public final class ParquetRowReader implements AutoCloseable {
    private final ParquetFileReader file;
    private final MessageType schema;

    private ParquetRowReader(ParquetFileReader file) {
        this.file = file;
        this.schema = file.getFooter().getFileMetaData().getSchema();
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be read; of what is no Parquet, Parquet throws what is not checked
     */
    public static ParquetRowReader open(FileStatus file, Configuration hadoop) throws IOException {
        return new ParquetRowReader(ParquetFileReader.open(
                HadoopInputFile.fromStatus(file, hadoop),
                HadoopReadOptions.builder(hadoop)
                        .usePageChecksumVerification(true)
                        .build()));
    }

    /** The names of the columns. */
    public List<String> columns() {
        return schema.getFields().stream().map(Type::getName).toList();
    }

    /**
     * Reads all rows.
     *
     * @param wanted columns of the rows, in that order; what of them the file lacks is null
     */
    public void read(StructType wanted, Consumer<Row> rows) throws IOException {
        List<Type> there = schema.getFields().stream()
                .filter(column -> wanted.getFieldIndex(column.getName()).isDefined())
                .toList();
        MessageType asked = new MessageType(schema.getName(), there);
        file.setRequestedSchema(asked);
        MessageColumnIO columns = new ColumnIOFactory().getColumnIO(asked, schema);
        for (PageReadStore pages = file.readNextRowGroup(); pages != null; pages = file.readNextRowGroup()) {
            RecordReader<Row> records = columns.getRecordReader(pages, new Rows(wanted, asked));
            for (long row = 0; row < pages.getRowCount(); row++) {
                rows.accept(records.read());
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Makes rows. */
    private static final class Rows extends RecordMaterializer<Row> {
        private final StructType columns;
        private final Parts root;
        private @Nullable Object[] cells;

        Rows(StructType columns, MessageType there) {
            this.columns = columns;
            this.cells = new Object[columns.length()];
            List<Converter> converters = there.getFields().stream()
                    .map(column -> {
                        int at = columns.fieldIndex(column.getName());
                        return converter(column, cell -> cells[at] = cell);
                    })
                    .toList();
            root = new Parts(converters, () -> cells = new Object[columns.length()], () -> {});
        }

        @Override
        public Row getCurrentRecord() {
            return new GenericRowWithSchema(cells, columns);
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }

    private static Converter converter(Type type, Consumer<Object> to) {
        return type.isPrimitive()
                ? new Cell(to)
                : LogicalTypeAnnotation.mapType().equals(type.getLogicalTypeAnnotation())
                        ? map(type.asGroupType(), to)
                        : list(type.asGroupType(), to);
    }

    private static Converter list(GroupType type, Consumer<Object> to) {
        List<Object> elements = new ArrayList<>();
        Type repeated = type.getType(0);
        Converter element = repeated.isPrimitive()
                ? new Cell(elements::add)
                : new Parts(List.of(converter(repeated.asGroupType().getType(0), elements::add)), () -> {}, () -> {});
        return new Parts(
                List.of(element),
                elements::clear,
                () -> to.accept(
                        JavaConverters.asScalaBuffer(List.copyOf(elements)).toSeq()));
    }

    private static Converter map(GroupType type, Consumer<Object> to) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        Object[] entry = new Object[2];
        GroupType repeated = type.getType(0).asGroupType();
        Parts pair = new Parts(
                List.of(
                        converter(repeated.getType(0), key -> entry[0] = key),
                        converter(repeated.getType(1), value -> entry[1] = value)),
                () -> {},
                () -> entries.put(entry[0], entry[1]));
        return new Parts(
                List.of(pair),
                entries::clear,
                () -> to.accept(JavaConverters.mapAsScalaMap(new LinkedHashMap<>(entries))));
    }

    /** What consists of parts, one after the other. */
    private static final class Parts extends GroupConverter {
        private final List<Converter> parts;
        private final Runnable begin;
        private final Runnable finish;

        Parts(List<Converter> parts, Runnable begin, Runnable finish) {
            this.parts = parts;
            this.begin = begin;
            this.finish = finish;
        }

        @Override
        public Converter getConverter(int part) {
            return parts.get(part);
        }

        @Override
        public void start() {
            begin.run();
        }

        @Override
        public void end() {
            finish.run();
        }
    }

    /** A number, a boolean or text. */
    private static final class Cell extends PrimitiveConverter {
        private final Consumer<Object> to;

        Cell(Consumer<Object> to) {
            this.to = to;
        }

        @Override
        public void addBinary(Binary text) {
            to.accept(text.toStringUsingUTF8());
        }

        @Override
        public void addInt(int number) {
            to.accept(number);
        }

        @Override
        public void addLong(long number) {
            to.accept(number);
        }

        @Override
        public void addDouble(double number) {
            to.accept(number);
        }

        @Override
        public void addBoolean(boolean truth) {
            to.accept(truth);
        }
    }
}
