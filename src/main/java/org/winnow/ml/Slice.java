package org.winnow.ml;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.winnow.check.Check;
import org.winnow.check.UserError;
import org.winnow.data.read.Invalid;

/**
 * Takes some of the numbers of vectors; sparse ones stay sparse.
 *
 * @param width how many a vector has
 * @param selected places of those taken, rising
 * @param column of the vectors, for messages
 */
record Slice(int width, int[] selected, Invalid invalid, String column) implements UDF1<Vector, Vector> {
    /** Requires places of numbers in a vector, at least one, rising. */
    static void requirePlaces(int[] places, int width) {
        Check.that(places.length > 0, "places", "at least one", "none");
        for (int i = 0; i < places.length; i++) {
            boolean rising = places[i] < width && places[i] > (i == 0 ? -1 : places[i - 1]);
            Check.that(rising, "places", "rising numbers below " + width, Arrays.toString(places));
        }
    }

    /** The rows of a Dataset whose vectors can be taken from, if others are to be skipped; otherwise all. */
    Dataset<Row> usable(Dataset<?> dataset) {
        UDF1<Vector, Boolean> usable = this::isUsable;
        return invalid == Invalid.SKIP
                ? dataset.toDF()
                        .filter(functions
                                .udf(usable, DataTypes.BooleanType)
                                .apply(functions.col(Columns.quoted(column))))
                : dataset.toDF();
    }

    @Override
    public @Nullable Vector call(@Nullable Vector vector) {
        if (vector == null && invalid == Invalid.KEEP) {
            return null;
        }
        if (vector == null || (invalid == Invalid.ERROR && !isUsable(vector))) {
            throw new UserError("column \"" + column + "\": numbers must be finite, got " + vector
                    + " (handleInvalid: skip leaves such rows out)");
        }
        if (vector.size() != width) {
            throw new UserError(
                    "column \"" + column + "\": a vector must have " + width + " numbers, got " + vector.size());
        }
        return vector instanceof SparseVector sparse ? slice(sparse) : slice(vector);
    }

    private Vector slice(Vector dense) {
        return Vectors.dense(Arrays.stream(selected).mapToDouble(dense::apply).toArray());
    }

    private Vector slice(SparseVector sparse) {
        int[] places = new int[Math.min(selected.length, sparse.indices().length)];
        double[] values = new double[places.length];
        int count = 0;
        int at = 0;
        for (int to = 0; to < selected.length && at < sparse.indices().length; to++) {
            while (at < sparse.indices().length && sparse.indices()[at] < selected[to]) {
                at++;
            }
            if (at < sparse.indices().length && sparse.indices()[at] == selected[to]) {
                places[count] = to;
                values[count++] = sparse.values()[at];
            }
        }
        return Vectors.sparse(selected.length, Arrays.copyOf(places, count), Arrays.copyOf(values, count));
    }

    /** Whether what is taken is there and finite. */
    boolean isUsable(@Nullable Vector vector) {
        if (vector == null || vector.size() != width) {
            return vector != null;
        }
        for (int place : selected) {
            if (!Double.isFinite(vector.apply(place))) {
                return false;
            }
        }
        return true;
    }
}
