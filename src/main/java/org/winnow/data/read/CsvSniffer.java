package org.winnow.data.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    private static final int RECORDS_OF_SAMPLE = 1000;
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /** A format, the records that it makes of the first bytes, and whether it comes upon what breaks its rules. */
    private record Reading(CsvFormat format, List<List<String>> records, boolean broken) {
        /** Whether it makes a table: more than one column, and as many cells in every row; names may lack that of row numbers. */
        boolean isTable() {
            int first = records.isEmpty() ? 0 : records.get(0).size();
            int cells = records.size() < 2 ? first : records.get(1).size();
            return cells > 1
                    && (first == cells || first == cells - 1)
                    && records.stream().skip(1).allMatch(record -> record.size() == cells);
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
        CsvFormat plain = new CsvFormat(CsvFormat.encodingOfBytes(dialect.charset()), ',', dialect.notation(), false);
        Optional<Character> declared = CsvRecords.declaredSeparator(head);
        List<Character> candidates = dialect.tellsSeparator()
                ? declared.map(List::of).orElse(SEPARATORS)
                : List.of(dialect.givenSeparator());
        Reading best = readings(plain, candidates)
                // Of equals the first, so that other separators than a comma need more numbers for it.
                .reduce((first, second) -> second.numbers() > first.numbers() ? second : first)
                .or(() -> readings(plain, dialect.tellsSeparator() && declared.isEmpty() ? List.of(' ') : List.of())
                        .findFirst())
                .orElseGet(() -> new Reading(plain.with(candidates.get(0), false), List.of(), false));
        return dialect.tellsDecimal() && hasCommaDecimals(best.records())
                ? best.format().with(Notation.COMMA)
                : best.format();
    }

    /** The first records in a format that are not empty, that of the names included. */
    List<List<String>> sample(CsvFormat format) {
        return read(format, RECORDS_OF_SAMPLE).records();
    }

    private Stream<Reading> readings(CsvFormat plain, List<Character> separators) {
        return separators.stream()
                .flatMap(separator -> Stream.of(plain.with(separator, false), plain.with(separator, true))
                        .map(format -> read(format, RECORDS))
                        .filter(Reading::isTable)
                        .min(Comparator.comparing(Reading::broken))
                        .stream());
    }

    private Reading read(CsvFormat format, int most) {
        List<List<String>> records = new ArrayList<>();
        boolean broken = false;
        try (CsvRecords from = new CsvRecords(new ByteArrayInputStream(head), 0, Long.MAX_VALUE, format)) {
            for (List<String> record = from.next(); record != null && records.size() <= most; record = from.next()) {
                if (records.isEmpty() || !record.stream().allMatch(String::isEmpty)) {
                    records.add(record);
                }
            }
            if (!whole && records.size() <= most && !records.isEmpty()) {
                records.remove(records.size() - 1); // It may be cut short.
            }
        } catch (IOException e) {
            broken = true;
        }
        return new Reading(format, records, broken);
    }

    /**
     * Whether some column is of numbers with commas, and no cell of any column has a point before its fraction; one
     * before each three digits may part thousands.
     */
    private boolean hasCommaDecimals(List<List<String>> records) {
        List<List<String>> rows = dialect.header() && !records.isEmpty() ? records.subList(1, records.size()) : records;
        boolean points = rows.stream()
                .flatMap(List::stream)
                .anyMatch(cell -> cell.indexOf('.') >= 0
                        && Double.isFinite(Numbers.parse(cell))
                        && !Notation.hasPointsAtThousands(cell));
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
                && given.stream().allMatch(cell -> Double.isFinite(Notation.COMMA.parse(cell)));
    }
}
