package org.winnow.data.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the cells of a CSV file's records are.
 *
 * @param names of the columns: c0, c1, … where the file has none, and nothing for the row numbers that R puts before the
 *     columns it names
 * @param header as the file has it, without what is empty at its end; empty for none
 * @param width how many cells a record has that ends in separators after the last column
 */
record CsvLayout(List<String> names, List<String> header, int width) implements Serializable {
    /**
     * Tells it from a sample.
     *
     * @param first record, that of the names if there is one
     * @param rows some that follow
     * @param named whether the first record names the columns
     */
    static CsvLayout of(List<String> first, List<List<String>> rows, boolean named) {
        if (!named) {
            List<String> numbered =
                    IntStream.range(0, first.size()).mapToObj(i -> "c" + i).toList();
            return new CsvLayout(numbered, List.of(), first.size());
        }
        List<List<String>> all = rows.isEmpty() ? List.of(first) : rows;
        int cells = all.stream().mapToInt(List::size).max().orElseThrow();
        boolean even = all.stream().allMatch(row -> row.size() == cells);
        int filled = even ? all.stream().mapToInt(CsvLayout::filled).max().orElseThrow() : cells;
        List<String> header = first.subList(0, filled(first));
        if (even && filled == header.size() + 1 && cells == first.size() + 1 && beginWithNames(all)) {
            List<String> names = new ArrayList<>(header);
            names.add(0, "");
            return new CsvLayout(List.copyOf(names), List.copyOf(header), cells);
        }
        boolean trails = even && filled <= header.size() && cells <= first.size() + 1;
        return trails
                ? new CsvLayout(List.copyOf(header), List.copyOf(header), Math.max(cells, first.size()))
                : new CsvLayout(List.copyOf(first), List.copyOf(header), first.size());
    }

    /** Whether the first cells of rows are what R calls rows: all different, and all whole numbers or all text. */
    private static boolean beginWithNames(List<List<String>> rows) {
        List<String> cells = rows.stream().map(row -> row.get(0)).toList();
        return cells.stream().distinct().count() == cells.size()
                && (cells.stream().allMatch(cell -> cell.matches("\\d+"))
                        || cells.stream().allMatch(cell -> Double.isNaN(Numbers.parse(cell))));
    }

    /** How many cells there are up to the last that is not empty. */
    private static int filled(List<String> record) {
        return IntStream.range(0, record.size())
                .map(i -> record.size() - i)
                .filter(length -> !record.get(length - 1).isEmpty())
                .findFirst()
                .orElse(0);
    }

    /** Whether a record is this header. */
    boolean isHeader(List<String> record) {
        return record.subList(0, filled(record)).equals(header);
    }

    /** Whether a record has a cell for each column, and none that is not empty after them. */
    boolean fits(List<String> record) {
        return record.size() >= names.size() && record.size() <= width && filled(record) <= names.size();
    }

    /** Whether records have row numbers before the columns that are named. */
    boolean hasRowNumbers() {
        return header.size() < names.size() && names.get(0).isEmpty();
    }

    /** How many cells without name and value end the records. */
    int trailing() {
        return width - names.size();
    }
}
