package org.winnow.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table whose rows the driver holds. It is written without Spark, which takes seconds to plan and to compile what is
 * over in milliseconds.
 *
 * @param columns of text, numbers, booleans, arrays of text and of longs, and maps of text to text
 * @param rows with arrays of Java, and maps of Scala
 */
public record LocalTable(StructType columns, List<Row> rows) {
    /** The table as a Dataset of one partition. */
    public Dataset<Row> on(SparkSession spark) {
        return spark.createDataFrame(rows, columns).coalesce(1);
    }

    /**
     * Writes the table as a Parquet file such as Spark would write, with the column that {@link Tables#write} adds.
     *
     * @param out left open
     */
    public void write(OutputStream out, Configuration hadoop) throws IOException {
        Iterable<Row> versioned = () -> rows.stream().map(LocalTable::versioned).iterator();
        ParquetRowWriter.write(
                columns.add(Tables.VERSION_COLUMN, DataTypes.IntegerType, false), versioned, out, hadoop);
    }

    private static Row versioned(Row row) {
        Object[] cells = new Object[row.length() + 1];
        for (int i = 0; i < row.length(); i++) {
            cells[i] = row.get(i);
        }
        cells[row.length()] = Tables.SCHEMA_VERSION;
        return RowFactory.create(cells);
    }
}
