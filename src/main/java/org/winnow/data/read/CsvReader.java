package org.winnow.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.winnow.check.UserError;

/** Rows of CSV files that share one header. */
final class CsvReader implements RowReader {
    private final Part part;
    private final Table table;
    private final CsvRecords records;
    private final RowBuilder builder;
    private long row;

    /** What all parts have in common. */
    record Table(List<String> header, String headerFile, TableColumns columns, ColumnRules rules)
            implements Serializable {}

    private CsvReader(Part part, Table table, Configuration hadoop) throws IOException {
        this.part = part;
        this.table = table;
        InputStream bytes = DataFiles.open(hadoop, new Path(part.path()), part.start());
        this.records = new CsvRecords(bytes, part.start(), part.end());
        this.builder = new RowBuilder(part.index(), table.columns(), table.rules());
        if (part.start() == 0 && !table.header().equals(records.next())) {
            throw new MalformedInput("its header is not that of " + table.headerFile());
        }
    }

    static Source open(JavaSparkContext spark, List<FileStatus> files, ColumnRules rules) {
        return open(spark, files, rules, Parts.BYTES);
    }

    /** Reads about so many bytes in a task. */
    static Source open(JavaSparkContext spark, List<FileStatus> files, ColumnRules rules, long bytes) {
        var hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
        Path first = files.get(0).getPath();
        List<String> header = header(spark.hadoopConfiguration(), first);
        TableColumns columns = rules.select(header, first.getName());
        Table table = new Table(header, first.getName(), columns, rules);
        return Source.of(
                spark,
                columns.label(),
                columns.features(),
                Parts.ofRecords(spark, files, true, bytes),
                part -> new CsvReader(part, table, hadoop.value()));
    }

    private static List<String> header(Configuration hadoop, Path file) {
        try (CsvRecords records = new CsvRecords(DataFiles.open(hadoop, file, 0), 0, Long.MAX_VALUE)) {
            List<String> header = records.next();
            if (header == null) {
                throw new UserError("data.path: " + file.getName() + " is empty");
            }
            return header;
        } catch (IOException e) {
            throw DataFiles.unreadable(file, e);
        }
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        List<String> cells = cells();
        if (cells == null) {
            return null;
        }
        if (cells.size() != table.header().size()) {
            throw RowFault.ofRow(
                    part.index(),
                    row,
                    cells.size() + " cells, but the header names "
                            + table.header().size() + " columns");
        }
        builder.start();
        int[] positions = table.columns().positions();
        for (int slot = 0; slot < positions.length; slot++) {
            if (positions[slot] >= 0) {
                builder.text(row, slot, cells.get(positions[slot]));
            }
        }
        return builder.finish(row++);
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
