package org.winnow.data;

import java.io.Serializable;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the cells of one column that are text look like: the distinct ones, up to a limit, and where the first is. */
final class TextProfile implements Serializable {
    private static final long serialVersionUID = 1;

    private final int limit;
    private final TreeSet<String> distinct = new TreeSet<>();
    private Cell first;

    /** A cell and its place. */
    record Cell(int part, long row, String text) implements Serializable {
        boolean isBefore(Cell other) {
            return part < other.part || (part == other.part && row < other.row);
        }
    }

    TextProfile(int limit, Cell cell) {
        this.limit = limit;
        this.first = cell;
        add(cell.text());
    }

    void add(Cell cell) {
        if (cell.isBefore(first)) {
            first = cell;
        }
        add(cell.text());
    }

    private void add(String text) {
        if (distinct.add(text) && distinct.size() > limit + 1) {
            distinct.pollLast();
        }
    }

    TextProfile merge(TextProfile other) {
        add(other.first);
        other.distinct.forEach(this::add);
        return this;
    }

    /** The distinct cells, sorted; one more than the limit if there are more. */
    SortedSet<String> distinct() {
        return distinct;
    }

    Cell first() {
        return first;
    }
}
