package org.winnow.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
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

    /** Rising numbers, what was not measured last. */
    static Comparator<Row> byNumber(String column) {
        return byNumber(column, Comparator.naturalOrder());
    }

    /** Falling numbers, what was not measured last. */
    static Comparator<Row> byFallingNumber(String column) {
        return byNumber(column, Comparator.reverseOrder());
    }

    private static Comparator<Row> byNumber(String column, Comparator<Double> order) {
        return Comparator.comparing(row -> number(row, column), Comparator.nullsLast(order));
    }

    /** Text as Spark orders it. */
    static Comparator<Row> byText(String column) {
        return Comparator.comparing(row -> text(row, column).getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
    }
}
