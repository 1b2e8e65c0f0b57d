package org.winnow.data.read;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One row as read. Slot 0 is the label, slot {@code i} the feature {@code i - 1}; slots beyond the arrays are zero (a
 * sparse row is as long as its last entry).
 *
 * @param part which part of the data it is from
 * @param row its place within the part, from 0
 * @param numbers a finite number for each slot; NaN where the cell is text or missing
 * @param texts the text of each slot; null where the cell is a number or missing; empty when all are
 */
public record RawRow(
        int part, long row, double[] numbers, @Nullable String[] texts) implements Serializable {
    static final @Nullable String[] NO_TEXTS = new String[0];

    /** The number in a slot; NaN where there is none. */
    public double number(int slot) {
        return slot < numbers.length ? numbers[slot] : 0;
    }

    /** The text in a slot; null where there is none. */
    public @Nullable String text(int slot) {
        return slot < texts.length ? texts[slot] : null;
    }
}
