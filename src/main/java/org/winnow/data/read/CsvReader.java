package org.winnow.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Rows of CSV files that share one header. */
final class CsvReader implements RowReader {
    private final Part part;
    private final Table table;
    private final CsvRecords records;
    private final RowBuilder builder;
    private final List<@Nullable String> partitions;
    private long row;
    private long blanks;
    private @Nullable List<String> ahead;

    /**
     * What all parts have in common.
     *
     * @param layout of the records of all files
     * @param headerFile where it is from
     * @param partitions further columns, after those of the files
     * @param found takes what there is to say of a part, a sentence each
     */
    record Table(
            CsvLayout layout,
            String headerFile,
            Partitions partitions,
            TableColumns columns,
            ColumnRules rules,
            Dialect dialect,
            CsvFormat format,
            CollectionAccumulator<String> found)
            implements Serializable {}

    private CsvReader(Part part, Table table, Configuration hadoop) throws IOException {
        this.part = part;
        this.table = table;
        InputStream bytes = DataFiles.openText(
                hadoop, new Path(part.path()), part.start(), table.dialect().charset());
        this.records = new CsvRecords(bytes, part.start(), part.end(), table.format());
        this.builder = new RowBuilder(
                part.index(), table.columns(), table.rules(), table.format().notation());
        this.partitions = table.partitions().cells(part.path());
        if (part.start() == 0 && table.dialect().header()) {
            requireHeader();
        }
    }

    private void requireHeader() throws IOException {
        List<String> own = records.next();
        if (own == null || !table.layout().isHeader(own)) {
            throw new MalformedInput("its header is not that of " + table.headerFile()
                    + (own == null
                            ? ""
                            : HeaderDifference.of(own, table.layout().header(), table.format())));
        }
    }

    static Source open(JavaSparkContext spark, DataFiles files, ColumnRules rules, Dialect dialect) {
        return open(spark, files, rules, dialect, Parts.BYTES);
    }

    /** Reads about so many bytes in a task. */
    static Source open(JavaSparkContext spark, DataFiles files, ColumnRules rules, Dialect dialect, long bytes) {
        var hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
        Path first = files.first();
        CsvHead head = CsvHead.read(hadoop.value(), first, dialect, rules);
        List<String> named = head.layout().names();
        Partitions partitions = files.partitions().without(named);
        List<String> names = new ArrayList<>(named);
        names.addAll(partitions.names());
        TableColumns columns = rules.select(names, first.getName());
        CollectionAccumulator<String> found = spark.sc().collectionAccumulator("what CSV files hold");
        Table table =
                new Table(head.layout(), first.getName(), partitions, columns, rules, dialect, head.format(), found);
        boolean cut =
                CsvFormat.isCutByBytes(dialect.charset()) && !head.format().backslash();
        List<String> warnings = new ArrayList<>(columns.warnings());
        warnings.addAll(CellSuspicions.of(first.getName(), head, columns, dialect, rules));
        return Source.of(
                        spark,
                        columns.label(),
                        columns.features(),
                        Parts.ofRecords(spark, files.files(), true, cut ? bytes : Long.MAX_VALUE),
                        part -> new CsvReader(part, table, hadoop.value()))
                .withWarnings(warnings)
                .withNotes(head.notes())
                .withFound(() -> List.copyOf(new TreeSet<>(found.value())));
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        List<String> cells = blankOrFilled();
        if (cells == null) {
            return null;
        }
        CsvLayout layout = table.layout();
        if (!layout.fits(cells)) {
            throw RowFault.ofRow(part.index(), row, misfit(cells));
        }
        builder.start();
        int[] positions = table.columns().positions();
        int width = layout.names().size();
        for (int slot = 0; slot < positions.length; slot++) {
            int position = positions[slot];
            if (position >= width) {
                builder.textOrNull(row, slot, partitions.get(position - width));
            } else if (position >= 0) {
                builder.text(row, slot, cells.get(position));
            }
        }
        return builder.finish(row++);
    }

    private String misfit(List<String> cells) {
        int columns = table.layout().names().size();
        return cells.size() > columns && cells.size() <= table.layout().width()
                ? "a cell after the last column that has a name is not empty: \"" + cells.get(columns) + "\""
                : cells.size() + " cells, but the " + (table.dialect().header() ? "header names " : "first row has ")
                        + columns + " columns"
                        + (cells.stream().anyMatch(cell -> cell.startsWith("'"))
                                ? "; cells that hold separators have to be in double quotes, not single ones"
                                : "");
    }

    /**
     * The cells of the next record. Records of nothing but separators are rows without values where others follow; at the
     * end of a file, as spreadsheets leave them, they do not count.
     */
    private @Nullable List<String> blankOrFilled() throws IOException {
        if (ahead == null) {
            ahead = cells();
            while (ahead != null && isBlank(ahead)) {
                blanks++;
                ahead = cells();
            }
        }
        if (ahead == null) {
            boolean last = part.end() == Long.MAX_VALUE;
            if (last && blanks > 0) {
                table.found()
                        .add(Part.name(part.path())
                                + ": left out lines of nothing but separators at the end of the file");
            }
            return last ? null : nextBlank();
        }
        List<String> filled = ahead;
        List<String> blank = nextBlank();
        if (blank == null) {
            ahead = null;
        }
        return blank == null ? filled : blank;
    }

    private @Nullable List<String> nextBlank() {
        if (blanks == 0) {
            return null;
        }
        blanks--;
        return Collections.nCopies(table.layout().names().size(), "");
    }

    private static boolean isBlank(List<String> cells) {
        return cells.size() > 1 && cells.stream().allMatch(String::isEmpty);
    }

    private @Nullable List<String> cells() throws IOException {
        try {
            return records.next();
        } catch (MalformedInput e) {
            throw RowFault.ofRow(part.index(), row + blanks, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
