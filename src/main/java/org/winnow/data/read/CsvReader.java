package org.winnow.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
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

    /**
     * What all parts have in common.
     *
     * @param header the names that the files have
     * @param partitions further columns, after those of the files
     */
    record Table(
            List<String> header,
            String headerFile,
            Partitions partitions,
            TableColumns columns,
            ColumnRules rules,
            Dialect dialect,
            CsvFormat format)
            implements Serializable {}

    private CsvReader(Part part, Table table, Configuration hadoop) throws IOException {
        this.part = part;
        this.table = table;
        InputStream bytes = DataFiles.openText(
                hadoop, new Path(part.path()), part.start(), table.dialect().charset());
        this.records = new CsvRecords(bytes, part.start(), part.end(), table.format());
        this.builder = new RowBuilder(
                part.index(), table.columns(), table.rules(), table.format().commaDecimal());
        this.partitions = table.partitions().cells(part.path());
        if (part.start() == 0 && table.dialect().header()) {
            requireHeader();
        }
    }

    private void requireHeader() throws IOException {
        List<String> own = records.next();
        if (!table.header().equals(own)) {
            throw new MalformedInput("its header is not that of " + table.headerFile()
                    + (own == null ? "" : HeaderDifference.of(own, table.header())));
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
        Partitions partitions = files.partitions().without(head.header());
        List<String> names = new ArrayList<>(head.header());
        names.addAll(partitions.names());
        TableColumns columns = rules.select(names, first.getName());
        Table table = new Table(head.header(), first.getName(), partitions, columns, rules, dialect, head.format());
        boolean cut =
                CsvFormat.isCutByBytes(dialect.charset()) && !head.format().backslash();
        return Source.of(
                        spark,
                        columns.label(),
                        columns.features(),
                        Parts.ofRecords(spark, files.files(), true, cut ? bytes : Long.MAX_VALUE),
                        part -> new CsvReader(part, table, hadoop.value()))
                .withWarnings(columns.warnings())
                .withNotes(head.notes());
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        List<String> cells = cells();
        if (cells == null) {
            return null;
        }
        int width = table.header().size();
        if (cells.size() != width) {
            throw RowFault.ofRow(part.index(), row, wrongWidth(cells, width));
        }
        builder.start();
        int[] positions = table.columns().positions();
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

    private String wrongWidth(List<String> cells, int width) {
        return cells.size() + " cells, but the " + (table.dialect().header() ? "header names " : "first row has ")
                + width + " columns";
    }

    private @Nullable List<String> cells() throws IOException {
        try {
            return records.next();
        } catch (MalformedInput e) {
            throw RowFault.ofRow(part.index(), row, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
