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
 * @param header names of the columns: c0, c1, … where the file has none
 * @param format how its records are written
 * @param notes what was told from the file, a sentence each
 */
record CsvHead(List<String> header, CsvFormat format, List<String> notes) {
    private static final int LONGEST_LINE = 80;

    /** Fewer numbers than this rise by chance. */
    private static final int FEWEST_IN_ORDER = 3;

    /** @throws UserError if the file is empty, is no text, or has a header that is none */
    static CsvHead read(Configuration hadoop, Path file, Dialect dialect, ColumnRules rules) {
        String name = file.getName();
        try (InputStream in = DataFiles.openText(hadoop, file, 0, dialect.charset())) {
            byte[] head = in.readNBytes(CsvSniffer.BYTES);
            boolean whole = head.length < CsvSniffer.BYTES;
            CsvFormat format = new CsvSniffer(head, whole, dialect, rules.missingValues()).format();
            List<String> first = first(new SequenceInputStream(new ByteArrayInputStream(head), in), format);
            requireHeader(first, format, dialect, rules, name);
            List<String> header = dialect.header()
                    ? first
                    : IntStream.range(0, first.size()).mapToObj(i -> "c" + i).toList();
            return new CsvHead(header, format, notes(format, dialect, name));
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
            List<String> first, CsvFormat format, Dialect dialect, ColumnRules rules, String file) {
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
        return Double.isNaN(number) ? Numbers.parse(cell, true) : number;
    }

    private static List<String> notes(CsvFormat format, Dialect dialect, String file) {
        List<String> notes = new ArrayList<>();
        if (dialect.tellsSeparator() && format.separator() != ',') {
            notes.add(file + ": " + format.separatorInWords() + " is between cells (data.separator)");
        }
        if (dialect.tellsDecimal() && format.commaDecimal()) {
            notes.add(file + ": a comma is before the fraction of numbers (data.decimal)");
        }
        return notes;
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " …";
    }
}
