package org.winnow.data.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells from the first records of a CSV file what is between its cells, how quotes in them are written, and whether
 * fractions come after a comma. Where it is not plain, it is as RFC 4180 has it.
 *
 * @param head the first bytes, in a character set that has ASCII's bytes for separators and quotes
 * @param whole whether those are all
 * @param dialect what is known
 * @param missing cells that stand for a missing value
 */
record CsvSniffer(byte[] head, boolean whole, Dialect dialect, List<String> missing) {
    /** About how many bytes are enough. */
    static final int BYTES = 1 << 20;

    private static final int RECORDS = 100;
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /** A format, the records that it makes of the first bytes, and whether it comes upon what breaks its rules. */
    private record Reading(CsvFormat format, List<List<String>> records, boolean broken) {
        int cells() {
            return records.isEmpty() ? 0 : records.get(0).size();
        }

        /** Whether it makes a table: more than one column, and as many cells in every row. */
        boolean isTable() {
            return cells() > 1 && records.stream().allMatch(record -> record.size() == cells());
        }

        /** Share of the cells that are numbers. */
        double numbers() {
            return records.stream()
                    .mapToDouble(
                            record -> record.stream().filter(Reading::isNumber).count() / (double) record.size())
                    .average()
                    .orElse(0);
        }

        private static boolean isNumber(String cell) {
            return !Double.isNaN(Numbers.parse(cell)) || Numbers.hasDecimalComma(cell);
        }
    }

    /** The format of the file. */
    CsvFormat format() {
        CsvFormat plain = new CsvFormat(CsvFormat.encodingOfBytes(dialect.charset()), ',', dialect.commaGiven(), false);
        Reading best = readings(plain)
                // Of equals the first, so that other separators than a comma need more numbers for it.
                .reduce((first, second) -> second.numbers() > first.numbers() ? second : first)
                .orElseGet(() -> new Reading(
                        dialect.tellsSeparator() ? plain : plain.with(dialect.givenSeparator(), false),
                        List.of(),
                        false));
        return dialect.tellsDecimal()
                ? best.format().withCommaDecimal(hasCommaDecimals(best.records()))
                : best.format();
    }

    private Stream<Reading> readings(CsvFormat plain) {
        List<Character> separators = dialect.tellsSeparator() ? SEPARATORS : List.of(dialect.givenSeparator());
        return separators.stream()
                .flatMap(separator -> Stream.of(plain.with(separator, false), plain.with(separator, true))
                        .map(this::read)
                        .filter(Reading::isTable)
                        .min(Comparator.comparing(Reading::broken))
                        .stream());
    }

    private Reading read(CsvFormat format) {
        List<List<String>> records = new ArrayList<>();
        boolean broken = false;
        try (CsvRecords from = new CsvRecords(new ByteArrayInputStream(head), 0, Long.MAX_VALUE, format)) {
            for (List<String> record = from.next(); record != null && records.size() <= RECORDS; record = from.next()) {
                records.add(record);
            }
            if (!whole && records.size() <= RECORDS && !records.isEmpty()) {
                records.remove(records.size() - 1); // It may be cut short.
            }
        } catch (IOException e) {
            broken = true;
        }
        return new Reading(format, records, broken);
    }

    /** Whether some column is of numbers with commas, and no cell of any column has a point before its fraction. */
    private boolean hasCommaDecimals(List<List<String>> records) {
        List<List<String>> rows = dialect.header() && !records.isEmpty() ? records.subList(1, records.size()) : records;
        boolean points = rows.stream()
                .flatMap(List::stream)
                .anyMatch(cell -> cell.indexOf('.') >= 0 && Double.isFinite(Numbers.parse(cell)));
        return !points
                && !rows.isEmpty()
                && IntStream.range(0, rows.get(0).size())
                        .anyMatch(column -> isOfCommaDecimals(
                                rows.stream().map(row -> row.get(column)).toList()));
    }

    private boolean isOfCommaDecimals(List<String> cells) {
        List<String> given =
                cells.stream().filter(cell -> !missing.contains(cell)).toList();
        return given.stream().anyMatch(Numbers::hasDecimalComma)
                && given.stream().allMatch(cell -> Double.isFinite(Numbers.parse(cell, true)));
    }
}
