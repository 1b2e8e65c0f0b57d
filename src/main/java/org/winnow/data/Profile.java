package org.winnow.data;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.winnow.data.read.RawRow;
import org.winnow.data.read.RowFault;
import org.winnow.data.read.Source;

/**
 * What one pass over the rows finds out: how many each part has, which columns hold numbers, which text, and which count
 * the rows, the values of the label, and the first row that cannot be read. Merging is associative and commutative, so it is the same however
 * the rows were divided among tasks.
 */
final class Profile implements Serializable {
    /** More classes than anybody means: such a label is an identifier or a number. */
    static final int MOST_CLASSES = 1000;

    private static final long serialVersionUID = 1;

    private final int maxCategories;
    private final TreeMap<Integer, Long> rows = new TreeMap<>();
    private final BitSet numeric = new BitSet();
    private final Counting counting = new Counting();
    private final TreeMap<Integer, TextProfile> texts = new TreeMap<>();
    private final TreeSet<Double> labels = new TreeSet<>();
    private int slots;
    private @Nullable RowFault fault;

    private Profile(int maxCategories) {
        this.maxCategories = maxCategories;
    }

    /** Reads all rows once. */
    static Profile of(Source source, int maxCategories) {
        return source.rows()
                .mapPartitions(
                        rows -> List.of(new Profile(maxCategories).read(rows)).iterator())
                .reduce(Profile::merge);
    }

    private Profile read(Iterator<RawRow> from) {
        try {
            while (from.hasNext()) {
                add(from.next());
            }
        } catch (RowFault found) {
            fault = found;
        }
        return this;
    }

    private void add(RawRow row) {
        rows.merge(row.part(), 1L, Long::sum);
        double[] numbers = row.numbers();
        slots = Math.max(slots, numbers.length);
        counting.add(row.part(), numbers);
        if (!Double.isNaN(numbers[0])) {
            addLabel(numbers[0]);
        }
        for (int slot = numeric.nextClearBit(0); slot < numbers.length; slot = numeric.nextClearBit(slot + 1)) {
            if (!Double.isNaN(numbers[slot])) {
                numeric.set(slot);
            }
        }
        for (int slot = 0; slot < row.texts().length; slot++) {
            String text = row.texts()[slot];
            if (text != null) {
                addText(slot, new TextProfile.Cell(row.part(), row.row(), text));
            }
        }
    }

    private void addLabel(double number) {
        if (labels.add(number + 0.0) // Makes a negative zero positive.
                && labels.size() > MOST_CLASSES + 1) {
            labels.pollLast();
        }
    }

    private void addText(int slot, TextProfile.Cell cell) {
        TextProfile known = texts.get(slot);
        if (known == null) {
            texts.put(slot, new TextProfile(slot == 0 ? MOST_CLASSES : maxCategories, cell));
        } else {
            known.add(cell);
        }
    }

    Profile merge(Profile other) {
        other.rows.forEach((part, count) -> rows.merge(part, count, Long::sum));
        other.texts.forEach((slot, text) -> texts.merge(slot, text, TextProfile::merge));
        other.labels.forEach(this::addLabel);
        numeric.or(other.numeric);
        counting.merge(other.counting);
        slots = Math.max(slots, other.slots);
        if (fault == null || (other.fault != null && RowFault.BY_PLACE.compare(other.fault, fault) < 0)) {
            fault = other.fault;
        }
        return this;
    }

    /** Rows read of each part that has any. */
    SortedMap<Integer, Long> rows() {
        return rows;
    }

    long rowCount() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The longest row. */
    int slots() {
        return slots;
    }

    /** Whether a slot holds a number in some row. */
    boolean isNumeric(int slot) {
        return numeric.get(slot);
    }

    /** How the number in a slot goes from row to row. */
    Counting counting() {
        return counting;
    }

    /** The text in a slot, if there is any. */
    Optional<TextProfile> text(int slot) {
        return Optional.ofNullable(texts.get(slot));
    }

    /** The distinct numbers of the label, sorted; one more than {@link #MOST_CLASSES} if there are more. */
    SortedSet<Double> labels() {
        return labels;
    }

    /** The first row that cannot be read. */
    Optional<RowFault> fault() {
        return Optional.ofNullable(fault);
    }
}
