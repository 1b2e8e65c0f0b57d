package org.winnow.data.read;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Parquet files, a row group after the other. They do not go through Spark's tables: Spark plans and compiles for
 * the columns, of which there may be thousands, and refuses files for types of columns that nobody asks for.
 */
final class ParquetReader implements RowReader {
    private final Part part;
    private final Layout layout;
    private final ParquetRows rows;
    private final RowBuilder builder;
    private final List<@Nullable String> partitions;

    /**
     * What all parts have in common.
     *
     * @param slots for each field, and then for each column that folders are named with, the slots of its elements; -1
     *     where one is not read
     */
    record Layout(
            List<ParquetField> fields, int[][] slots, Partitions partitions, TableColumns columns, ColumnRules rules)
            implements Serializable {}

    private ParquetReader(Part part, Layout layout, Configuration hadoop) throws IOException {
        this.part = part;
        this.layout = layout;
        this.rows = new ParquetRows(part, layout.fields(), hadoop);
        this.builder = new RowBuilder(part.index(), layout.columns(), layout.rules(), Notation.POINT);
        this.partitions = layout.partitions().cells(part.path());
    }

    static Source open(JavaSparkContext spark, DataFiles files, ColumnRules rules) {
        ParquetTable table = ParquetTable.of(spark, files, rules);
        List<String> header = new ArrayList<>(table.header());
        Partitions partitions = files.partitions().without(header);
        header.addAll(partitions.names());
        TableColumns columns = rules.select(header, table.index(), files.first().getName());
        Layout layout = layout(table, header, partitions, columns, rules);
        var hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
        return Source.of(
                        spark,
                        columns.label(),
                        columns.features(),
                        table.parts(),
                        part -> new ParquetReader(part, layout, hadoop.value()))
                .withWarnings(columns.warnings());
    }

    /** The fields that are read, and where their elements go. */
    private static Layout layout(
            ParquetTable table, List<String> header, Partitions partitions, TableColumns columns, ColumnRules rules) {
        int[] slotOf = new int[header.size()];
        Arrays.fill(slotOf, -1);
        for (int slot = 0; slot < columns.slots(); slot++) {
            if (columns.positions()[slot] >= 0) {
                slotOf[columns.positions()[slot]] = slot;
            }
        }
        List<ParquetField> fields = new ArrayList<>();
        List<int[]> slots = new ArrayList<>();
        int position = 0;
        for (ParquetTable.Column column : table.columns()) {
            int end = position + Math.max(1, column.elements());
            int[] own = Arrays.copyOfRange(slotOf, position, end);
            if (Arrays.stream(own).anyMatch(slot -> slot >= 0)) {
                fields.add(column.field());
                slots.add(own);
            }
            position = end;
        }
        for (position = table.header().size(); position < slotOf.length; position++) {
            slots.add(new int[] {slotOf[position]});
        }
        return new Layout(List.copyOf(fields), slots.toArray(int[][]::new), partitions, columns, rules);
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        if (!rows.next()) {
            return null;
        }
        builder.start();
        int fields = layout.fields().size();
        for (int field = 0; field < fields; field++) {
            read(field, layout.slots()[field]);
        }
        for (int i = 0; i < partitions.size(); i++) {
            int slot = layout.slots()[fields + i][0];
            if (slot >= 0) {
                builder.textOrNull(rows.row(), slot, partitions.get(i));
            }
        }
        return builder.finish(rows.row());
    }

    private void read(int field, int[] slots) throws MalformedInput {
        try {
            switch (layout.fields().get(field).kind()) {
                case NUMBERS -> put(rows.numbers(field), slots);
                case NUMBER -> {
                    if (rows.passMissing(field)) {
                        builder.missing(rows.row(), slots[0], "null");
                    } else if (layout.fields().get(field).isTruth()) {
                        builder.truth(rows.row(), slots[0], rows.number(field) != 0);
                    } else {
                        builder.number(rows.row(), slots[0], rows.number(field));
                    }
                }
                case TEXT ->
                    builder.textOrNull(rows.row(), slots[0], rows.passMissing(field) ? null : rows.text(field));
                case OTHER ->
                    throw new IllegalStateException(layout.fields().get(field).toString());
            }
        } catch (MalformedInput e) {
            throw RowFault.ofCell(
                    part.index(), rows.row(), layout.fields().get(field).name(), String.valueOf(e.getMessage()));
        }
    }

    private void put(double @Nullable [] vector, int[] slots) throws MalformedInput {
        if (vector != null && vector.length != slots.length) {
            throw new MalformedInput(
                    "a vector must have " + slots.length + " elements, as the first has, got " + vector.length);
        }
        for (int element = 0; element < slots.length; element++) {
            if (slots[element] >= 0) {
                if (vector == null || Double.isNaN(vector[element])) {
                    builder.missing(rows.row(), slots[element], vector == null ? "null" : "NaN");
                } else {
                    builder.number(rows.row(), slots[element], vector[element]);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
