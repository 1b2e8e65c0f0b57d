package org.winnow.data.read;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows of a Dataset whose features are a vector; they are numbered in the order that the Dataset has them. */
public final class VectorReader implements Iterator<RawRow> {
    private static final int LABEL = 0;
    private static final int FEATURES = 1;
    private static final int WEIGHT = 2;

    private final int part;
    private final Iterator<Row> from;
    private final Columns columns;
    private long read;
    private long given;
    private @Nullable RawRow next;

    /**
     * What the columns of the rows are: the label, the features and, if there is one, the weight.
     *
     * @param names of the columns, in that order
     * @param features names of what the vector holds
     * @param classes the label is one of so many, counted from 0; 0: it can be any number
     */
    public record Columns(List<String> names, List<String> features, int classes, Invalid invalid)
            implements Serializable {
        private boolean weighted() {
            return names.size() > WEIGHT;
        }
    }

    private VectorReader(int part, Iterator<Row> from, Columns columns) {
        this.part = part;
        this.from = from;
        this.columns = columns;
    }

    /** A source of these rows, whose columns are numbers but for the vector. */
    public static Source open(Dataset<Row> rows, Columns columns) {
        JavaRDD<RawRow> read =
                rows.javaRDD().mapPartitionsWithIndex((part, some) -> new VectorReader(part, some, columns), false);
        return new Source(
                columns.names().get(LABEL),
                columns.features(),
                true,
                columns.weighted(),
                IntStream.range(0, columns.classes()).mapToObj(Numbers::name).toList(),
                Collections.nCopies(read.getNumPartitions(), "dataset"),
                read,
                List.of(),
                List.of(),
                List.of(),
                List::of);
    }

    @Override
    public boolean hasNext() {
        while (next == null && from.hasNext()) {
            next = convert(from.next());
            read++;
        }
        return next != null;
    }

    @Override
    public RawRow next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        RawRow row = next;
        next = null;
        return row;
    }

    /** The row as numbers; null if it is left out. */
    private @Nullable RawRow convert(Row row) {
        double[] slots = new double[1 + columns.features().size() + (columns.weighted() ? 1 : 0)];
        boolean usable = label(row, slots) && features(row, slots) && weight(row, slots);
        return usable ? new RawRow(part, given++, slots, RawRow.NO_TEXTS) : null;
    }

    private boolean label(Row row, double[] slots) {
        double label = row.isNullAt(LABEL) ? Double.NaN : row.getDouble(LABEL);
        slots[0] = label;
        if (!Double.isFinite(label)) {
            return stays(LABEL, false, label);
        }
        int classes = columns.classes();
        if (classes > 0 && !(label == Math.rint(label) && label >= 0 && label < classes)) {
            throw fault(LABEL, "a class must be a whole number in 0 .. " + (classes - 1) + ", got " + label);
        }
        return true;
    }

    private boolean features(Row row, double[] slots) {
        int width = columns.features().size();
        if (row.isNullAt(FEATURES)) {
            Arrays.fill(slots, 1, 1 + width, Double.NaN);
            return stays(FEATURES, true, "null");
        }
        Vector features = row.getAs(FEATURES);
        if (features.size() != width) {
            throw fault(FEATURES, "a vector must have " + width + " numbers, got " + features.size());
        }
        System.arraycopy(features.toArray(), 0, slots, 1, width);
        for (int slot = 1; slot <= width; slot++) {
            if (!Double.isFinite(slots[slot])) {
                if (!stays(
                        FEATURES,
                        true,
                        slots[slot] + " for " + columns.features().get(slot - 1))) {
                    return false;
                }
                slots[slot] = Double.NaN;
            }
        }
        return true;
    }

    private boolean weight(Row row, double[] slots) {
        if (!columns.weighted()) {
            return true;
        }
        double weight = row.isNullAt(WEIGHT) ? Double.NaN : row.getDouble(WEIGHT);
        slots[slots.length - 1] = weight;
        if (weight < 0) {
            throw fault(WEIGHT, "a weight must be at least 0, got " + weight);
        }
        return Double.isFinite(weight) || stays(WEIGHT, false, weight);
    }

    /** Whether a row with such a value stays. */
    private boolean stays(int column, boolean canBeFilled, Object got) {
        if (columns.invalid() == Invalid.SKIP) {
            return false;
        }
        if (columns.invalid() == Invalid.KEEP && canBeFilled) {
            return true;
        }
        String allowed = canBeFilled ? "skip leaves such rows out, keep fills them" : "skip leaves such rows out";
        throw fault(column, "numbers must be finite, got " + got + " (handleInvalid: " + allowed + ")");
    }

    private RowFault fault(int column, String what) {
        return RowFault.ofCell(part, read, columns.names().get(column), what);
    }
}
