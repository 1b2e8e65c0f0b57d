package org.winnow.data.read;

import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Rows of Parquet files, through Spark's own reader. Each row brings its file and its place there, so that the order is
 * that of the files however Spark cuts and packs them.
 */
final class ParquetReader {
    private ParquetReader() {}

    static Source open(SparkSession spark, List<FileStatus> files, ColumnRules rules) {
        ParquetFooters.require(spark.sparkContext().hadoopConfiguration(), files);
        List<Part> parts = Parts.ofFiles(files);
        String first = Part.name(parts.get(0).path());
        Dataset<Row> table = spark.read().parquet(parts.stream().map(Part::path).toArray(String[]::new));
        ParquetColumns all = ParquetColumns.of(table, rules, first);
        TableColumns columns = rules.select(all.header(), first);
        JavaRDD<RawRow> rows = placed(table, all.fields()).javaRDD().mapPartitions(found -> {
            Map<String, Integer> partOf = new HashMap<>();
            parts.forEach(part -> partOf.put(part.path(), part.index()));
            return new Rows(found, partOf, all, columns, rules);
        });
        List<String> paths = parts.stream().map(Part::path).toList();
        return Source.of(columns.label(), columns.features(), paths, rows, false);
    }

    private static Dataset<Row> placed(Dataset<Row> table, List<String> fields) {
        Column[] columns = new Column[fields.size() + 2];
        columns[0] = functions.col("_metadata.file_path");
        columns[1] = functions.col("_metadata.row_index");
        for (int i = 0; i < fields.size(); i++) {
            columns[i + 2] = table.col("`" + fields.get(i).replace("`", "``") + "`");
        }
        return table.select(columns);
    }

    /** Puts Spark's rows into slots. */
    private record Rows(
            Iterator<Row> from, Map<String, Integer> parts, ParquetColumns all, TableColumns columns, ColumnRules rules)
            implements Iterator<RawRow> {
        @Override
        public boolean hasNext() {
            try {
                return from.hasNext();
            } catch (Exception e) { // Spark throws checked exceptions here without saying so.
                throw RowFault.ofPart(0, "cannot be read as Parquet: " + rootMessage(e));
            }
        }

        @Override
        public RawRow next() {
            Row row = from.next();
            Integer part = parts.get(new Path(URI.create(row.getString(0))).toString());
            if (part == null) {
                throw new IllegalStateException("Spark read a file nobody asked for: " + row.getString(0));
            }
            long number = row.getLong(1);
            RowBuilder builder = new RowBuilder(part, columns, rules);
            builder.start();
            for (int slot = 0; slot < columns.slots(); slot++) {
                int position = columns.positions()[slot];
                if (position >= 0) {
                    put(builder, part, number, slot, row, all.places().get(position));
                }
            }
            return builder.finish(number);
        }

        private void put(RowBuilder builder, int part, long number, int slot, Row row, ParquetColumns.Place place) {
            Object cell = row.get(place.field() + 2);
            if (cell == null) {
                builder.missing(number, slot, "null");
            } else if (cell instanceof Vector vector) {
                double value = element(vector, place.element(), part, number, slot);
                builder.number(number, slot, value, Double.toString(value));
            } else if (cell instanceof Number value && !columns.text()[slot]) {
                builder.number(number, slot, value.doubleValue(), cell.toString());
            } else if (cell instanceof Boolean value && !columns.text()[slot]) {
                builder.number(number, slot, value ? 1 : 0, cell.toString());
            } else {
                builder.text(
                        number,
                        slot,
                        cell instanceof Number value ? Numbers.name(value.doubleValue()) : cell.toString());
            }
        }

        private double element(Vector vector, int element, int part, long number, int slot) {
            if (element >= vector.size()) {
                throw RowFault.ofCell(
                        part, number, columns.name(slot), "the vector has only " + vector.size() + " elements");
            }
            return vector.apply(element);
        }

        private static String rootMessage(Throwable e) {
            Throwable root = e;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        }
    }
}
