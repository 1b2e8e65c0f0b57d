package org.winnow.data.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;

/**
 * What the first bytes of the first CSV file say.
 *
 * @param layout of its records
 * @param format how they are written
 * @param rows some of those that follow the names
 * @param notes what was told from the file, a sentence each
 */
record CsvHead(CsvLayout layout, CsvFormat format, List<List<String>> rows, List<String> notes) {
    private static final int LONGEST_LINE = 80;

    /** Fewer numbers than this rise by chance. */
    private static final int FEWEST_IN_ORDER = 3;

    private static final String TITLE = "; take out lines above the names of columns";

    /** @throws UserError if the file is empty, is no text, or has a header that is none */
    static CsvHead read(Configuration hadoop, Path file, Dialect dialect, ColumnRules rules) {
        String name = file.getName();
        try (InputStream in = DataFiles.openText(hadoop, file, 0, dialect.charset())) {
            byte[] head = in.readNBytes(CsvSniffer.BYTES);
            boolean whole = head.length < CsvSniffer.BYTES;
            CsvSniffer sniffer = new CsvSniffer(head, whole, dialect, rules.missingValues());
            CsvFormat format = sniffer.format();
            List<String> first = first(new SequenceInputStream(new ByteArrayInputStream(head), in), format);
            List<List<String>> sample = sniffer.sample(format);
            List<List<String>> rows = dialect.header() && !sample.isEmpty() ? sample.subList(1, sample.size()) : sample;
            requireHeader(first, rows, format, dialect, rules, name);
            CsvLayout layout = CsvLayout.of(first, rows, dialect.header());
            return new CsvHead(layout, format, rows, notes(format, layout, dialect, name));
        } catch (MalformedInput e) {
            throw new UserError(name + ", first line: " + e.getMessage(), e);
        } catch (UserError e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw DataFiles.unreadable(file, e);
        }
    }

    private static List<String> first(InputStream bytes, CsvFormat format) throws IOException {
        List<String> first = new CsvRecords(bytes, 0, Long.MAX_VALUE, format).next();
        return first == null ? List.of() : first;
    }

    private static void requireHeader(
            List<String> first,
            List<List<String>> rows,
            CsvFormat format,
            Dialect dialect,
            ColumnRules rules,
            String file) {
        if (first.isEmpty()) {
            throw new UserError("data.path: " + file + " is empty");
        }
        if (first.size() == 1 && first.get(0).matches(".*[;\\t|].*|\\S+(\\s+\\S+)+")) {
            throw new UserError("data.separator: the first line of " + file + " is one cell where "
                    + format.separatorInWords() + " is between cells: " + shortened(first.get(0))
                    + "; set it to what is between them, as \";\", \"|\", tab or \" \", and take out lines above the"
                    + " names of columns");
        }
        if (dialect.header() && isRowOfNumbers(first, rules.namesLabel(first))) {
            throw new UserError("data.header: the first line of " + file + " is numbers, not names: "
                    + shortened(String.join(", ", first))
                    + "; set data.header=false to read it as a row, with columns c0, c1, …");
        }
        if (dialect.header()) {
            requireNames(first, rows, file);
            requireOneLineOfNames(rows, format, rules, file);
        }
    }

    /** Refuses a second line of names, or one of units or types, as it stands above columns of numbers. */
    private static void requireOneLineOfNames(
            List<List<String>> rows, CsvFormat format, ColumnRules rules, String file) {
        if (rows.size() < FEWEST_IN_ORDER
                || rows.stream().anyMatch(row -> row.size() != rows.get(0).size())) {
            return;
        }
        List<String> second = rows.get(0);
        List<List<String>> others = rows.subList(1, rows.size());
        List<Integer> ofNumbers = IntStream.range(0, second.size())
                .filter(column -> others.stream().allMatch(row -> isNumberOrMissing(row.get(column), format, rules))
                        && others.stream()
                                .anyMatch(
                                        row -> Double.isFinite(format.notation().parse(row.get(column)))))
                .boxed()
                .toList();
        boolean numbers = ofNumbers.stream()
                .anyMatch(column -> !Double.isNaN(format.notation().parse(second.get(column))));
        long above = ofNumbers.stream()
                .filter(column -> !isNumberOrMissing(second.get(column), format, rules))
                .count();
        if (!numbers && above > 1) {
            throw new UserError("data.header: the line below the names in " + file + " has text above " + above
                    + " columns of numbers: " + shortened(String.join(", ", second))
                    + "; take it out if it holds further names, units or types");
        }
    }

    private static boolean isNumberOrMissing(String cell, CsvFormat format, ColumnRules rules) {
        return rules.missingValues().contains(cell)
                || cell.isEmpty()
                || !Double.isNaN(format.notation().parse(cell));
    }

    /** Refuses what is above the names of columns. */
    private static void requireNames(List<String> first, List<List<String>> rows, String file) {
        long named = first.stream().filter(name -> !ColumnRules.isUnnamed(name)).count();
        if (named == 0 || first.size() - named > Math.max(named, 1)) {
            throw new UserError("data.header: the first line of " + file + " names " + named + " of " + first.size()
                    + " columns: " + shortened(String.join(", ", first)) + TITLE);
        }
        int cells = rows.isEmpty() ? 0 : rows.get(0).size();
        boolean wider = cells > first.size() + 1 && rows.stream().allMatch(row -> row.size() == cells);
        if (wider) {
            throw new UserError("data.header: the first line of " + file + " has " + first.size()
                    + " cells where the lines below have " + cells + ": " + shortened(String.join(", ", first))
                    + TITLE);
        }
    }

    /**
     * Whether a header is a row of data: it has fractions, or whole numbers beside no name of a label, and they do not
     * rise as those do that columns are numbered with.
     */
    private static boolean isRowOfNumbers(List<String> first, boolean labelled) {
        double[] numbers = first.stream()
                .mapToDouble(CsvHead::number)
                .filter(Double::isFinite)
                .toArray();
        boolean fraction = first.stream().anyMatch(cell -> Double.isFinite(number(cell)) && !cell.matches("[+-]?\\d+"));
        boolean rising = IntStream.range(1, numbers.length).allMatch(i -> numbers[i] > numbers[i - 1]);
        return fraction
                ? !rising || numbers.length < FEWEST_IN_ORDER
                : !rising && (!labelled || numbers.length == first.size());
    }

    private static double number(String cell) {
        double number = Numbers.parse(cell);
        return Double.isNaN(number) ? Notation.COMMA.parse(cell) : number;
    }

    private static List<String> notes(CsvFormat format, CsvLayout layout, Dialect dialect, String file) {
        List<String> notes = new ArrayList<>();
        if (dialect.tellsSeparator() && format.separator() != ',') {
            notes.add(file + ": " + format.separatorInWords() + " is between cells (data.separator)");
        }
        if (dialect.tellsDecimal() && format.notation() == Notation.COMMA) {
            notes.add(file + ": a comma is before the fraction of numbers (data.decimal)");
        }
        if (layout.hasRowNumbers()) {
            notes.add(
                    file + ": rows have one cell more than there are names; the first is taken as the row's name, as R"
                            + " writes it");
        }
        if (layout.trailing() > 0) {
            notes.add(file + ": left out " + (layout.trailing() == 1 ? "a column" : layout.trailing() + " columns")
                    + " without name and values at the end, as lines end in " + format.separatorInWords());
        }
        return notes;
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " …";
    }
}
