package org.winnow.data.read;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the cells of a table's rows into slots, and refuses those that are missing or not finite. */
final class RowBuilder {
    private final int part;
    private final TableColumns columns;
    private final Set<String> missingValues;
    private final boolean missingAllowed;
    private double[] numbers = new double[0];
    private @Nullable String[] texts = RawRow.NO_TEXTS;

    RowBuilder(int part, TableColumns columns, ColumnRules rules) {
        this.part = part;
        this.columns = columns;
        this.missingValues = Set.copyOf(rules.missingValues());
        this.missingAllowed = rules.missingAllowed();
    }

    void start() {
        numbers = new double[columns.slots()];
        Arrays.fill(numbers, Double.NaN);
        texts = RawRow.NO_TEXTS;
    }

    /** A cell of text, which may spell a number. */
    void text(long row, int slot, String cell) {
        if (missingValues.contains(cell)) {
            missing(row, slot, cell);
            return;
        }
        double number = columns.text()[slot] ? Double.NaN : Numbers.parse(cell);
        if (Double.isNaN(number)) {
            if (texts.length == 0) {
                texts = new String[columns.slots()];
            }
            texts[slot] = cell;
        } else {
            number(row, slot, number, cell);
        }
    }

    /** A cell that is a number. */
    void number(long row, int slot, double number, String shown) {
        if (!Double.isFinite(number) && missingValues.contains(shown)) {
            missing(row, slot, shown);
            return;
        }
        if (!Double.isFinite(number)) {
            throw fault(
                    row,
                    slot,
                    "\"" + shown + "\" is not a finite number; correct it, or list it in data.missing_values");
        }
        numbers[slot] = number;
    }

    /** A cell without a value. */
    void missing(long row, int slot, String shown) {
        if (slot == 0) {
            throw fault(row, slot, "the label is missing (\"" + shown + "\"); every row needs one");
        }
        if (!missingAllowed) {
            throw fault(
                    row,
                    slot,
                    "the value is missing (\"" + shown + "\"); set data.missing to mean or most_frequent to fill it");
        }
    }

    RawRow finish(long row) {
        return new RawRow(part, row, numbers, texts);
    }

    private RowFault fault(long row, int slot, String what) {
        return RowFault.ofCell(part, row, columns.name(slot), what);
    }
}
