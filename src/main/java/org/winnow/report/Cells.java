package org.winnow.report;

import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Cells of rows; what was not measured is null. */
final class Cells {
    private Cells() {}

    static @Nullable Double number(Row row, String column) {
        int at = row.fieldIndex(column);
        return row.isNullAt(at) ? null : ((Number) row.get(at)).doubleValue();
    }

    /** A number that every row has. */
    static double known(Row row, String column) {
        return row.<Number>getAs(column).doubleValue();
    }

    static String text(Row row, String column) {
        return row.<String>getAs(column);
    }

    static boolean flag(Row row, String column) {
        return row.<Boolean>getAs(column);
    }
}
