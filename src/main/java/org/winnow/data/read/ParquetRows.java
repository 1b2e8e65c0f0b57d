package org.winnow.data.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The rows of a row group of a Parquet file, some of its fields, read forward column beside column. */
final class ParquetRows implements Closeable {
    private final ParquetFileReader file;
    private final ParquetCells[] cells;
    private final ParquetNumbers[] numbers;
    private final long rows;
    private long row;

    ParquetRows(Part part, List<ParquetField> fields, Configuration hadoop) throws IOException {
        Path path = new Path(part.path());
        long length = path.getFileSystem(hadoop).getFileStatus(path).getLen();
        ParquetFooter footer = ParquetFooter.read(hadoop, path, length);
        MessageType schema = footer.metadata().getFileMetaData().getSchema();
        List<Type> wanted =
                fields.stream().map(field -> schema.getType(field.name())).toList();
        file = opened(hadoop, path, footer);
        try {
            file.setRequestedSchema(new MessageType(schema.getName(), wanted));
            PageReadStore pages = file.readRowGroup((int) part.start());
            rows = pages.getRowCount();
            Leaves leaves = new Leaves(schema, footer, pages);
            cells = new ParquetCells[fields.size()];
            numbers = new ParquetNumbers[fields.size()];
            for (int i = 0; i < cells.length; i++) {
                if (fields.get(i).kind() == ParquetField.Kind.NUMBERS) {
                    numbers[i] = ParquetNumbers.of(wanted.get(i), leaves.of(wanted.get(i)));
                } else {
                    cells[i] = leaves.of(wanted.get(i)).get(0);
                }
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @SuppressWarnings("deprecation") // No other constructor takes a footer that was read before.
    private static ParquetFileReader opened(Configuration hadoop, Path path, ParquetFooter footer) throws IOException {
        return new ParquetFileReader(hadoop, path, footer.metadata());
    }

    /** The leaves of a row group by the field that they are of. */
    private static final class Leaves {
        private final Map<String, List<Leaf>> ofField = new HashMap<>();
        private final PageReadStore pages;
        private final @Nullable ParsedVersion writer;

        private record Leaf(ColumnDescriptor column, boolean half) {}

        Leaves(MessageType schema, ParquetFooter footer, PageReadStore pages) {
            List<ColumnDescriptor> all = schema.getColumns();
            for (int i = 0; i < all.size(); i++) {
                Leaf leaf = new Leaf(all.get(i), footer.halves().get(i));
                ofField.computeIfAbsent(leaf.column().getPath()[0], name -> new ArrayList<>())
                        .add(leaf);
            }
            this.pages = pages;
            this.writer = writer(footer.metadata().getFileMetaData().getCreatedBy());
        }

        /** The cells of each leaf of a field. */
        List<ParquetCells> of(Type field) {
            return ofField.getOrDefault(field.getName(), List.of()).stream()
                    .map(leaf -> new ParquetCells(pages, leaf.column(), leaf.half(), writer))
                    .toList();
        }

        private static @Nullable ParsedVersion writer(String createdBy) {
            try {
                return VersionParser.parse(createdBy);
            } catch (RuntimeException | VersionParseException e) {
                return null; // Then the library takes it that the file was written without known mistakes.
            }
        }
    }

    /** Goes to the next row; false after the last. Each field must then be read once. */
    boolean next() {
        return row++ < rows;
    }

    /** The place of the row in its group, from 0. */
    long row() {
        return row - 1;
    }

    /** Whether the row has no number or text in a field; if it has, that is to be read next. */
    boolean passMissing(int field) {
        return cells[field].passMissing();
    }

    double number(int field) {
        return cells[field].nextNumber();
    }

    String text(int field) throws MalformedInput {
        return cells[field].nextText();
    }

    /** The row's vector in a field; null for none. */
    double @Nullable [] numbers(int field) throws MalformedInput {
        return numbers[field].next();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
