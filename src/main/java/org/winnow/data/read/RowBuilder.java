package org.winnow.data.read;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the cells of a table's rows into slots, and refuses those that are missing or not finite. */
final class RowBuilder {
    private final int part;
    private final TableColumns columns;
    private final Set<String> missingValues;
    private final double[] missingNumbers;
    private final boolean missingAllowed;
    private final Notation notation;
    private double[] numbers = new double[0];
    private @Nullable String[] texts = RawRow.NO_TEXTS;

    /** @param notation of numbers that are spelled */
    RowBuilder(int part, TableColumns columns, ColumnRules rules, Notation notation) {
        this.part = part;
        this.columns = columns;
        this.missingValues = Set.copyOf(rules.missingValues());
        this.missingNumbers = rules.missingValues().stream()
                .mapToDouble(Numbers::parse)
                .filter(Double::isFinite)
                .toArray();
        this.missingAllowed = rules.missingAllowed();
        this.notation = notation;
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
        double number = columns.text()[slot] ? Double.NaN : notation.parse(cell);
        if (Double.isNaN(number)) {
            if (texts.length == 0) {
                texts = new String[columns.slots()];
            }
            texts[slot] = cell;
        } else {
            number(row, slot, number, cell);
        }
    }

    /** The same where there may be none. */
    void textOrNull(long row, int slot, @Nullable String cell) {
        if (cell == null) {
            missing(row, slot, "null");
        } else {
            text(row, slot, cell);
        }
    }

    /** A number that a file has as such. */
    void number(long row, int slot, double number) {
        if (columns.text()[slot]) {
            text(row, slot, Numbers.name(number));
        } else if (Double.isFinite(number)) {
            put(row, slot, number);
        } else {
            number(row, slot, number, Double.toString(number));
        }
    }

    /** What is true or false: 1 or 0, or one of these words where text is wanted. */
    void truth(long row, int slot, boolean value) {
        if (columns.text()[slot]) {
            text(row, slot, Boolean.toString(value));
        } else {
            put(row, slot, value ? 1 : 0);
        }
    }

    private void number(long row, int slot, double number, String shown) {
        if (!Double.isFinite(number) && missingValues.contains(shown)) {
            missing(row, slot, shown);
            return;
        }
        if (!Double.isFinite(number)) {
            throw fault(
                    row,
                    slot,
                    "\"" + shown + "\" is not a finite number; "
                            + (slot == 0 ? "take out such rows" : "correct it, or list it in data.missing_values"));
        }
        put(row, slot, number);
    }

    private void put(long row, int slot, double number) {
        for (double missing : missingNumbers) {
            if (number == missing) {
                missing(row, slot, Numbers.name(number));
                return;
            }
        }
        numbers[slot] = number;
    }

    /** A cell without a value. */
    void missing(long row, int slot, String shown) {
        if (slot == 0) {
            boolean word = !shown.isEmpty() && !shown.equals("null");
            throw fault(
                    row,
                    slot,
                    "the label is missing (\"" + shown + "\"); every row needs one"
                            + (word ? ", or leave \"" + shown + "\" out of data.missing_values if it is a class" : ""));
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
