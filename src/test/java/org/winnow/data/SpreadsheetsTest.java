package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.data.Loading.assertSays;
import static org.winnow.data.Loading.inputs;
import static org.winnow.data.Loading.load;
import static org.winnow.data.Loading.says;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.data.read.Dialect;
import org.winnow.data.read.Format;

/** Tables as Excel, R and their kind leave them: what is around the rows, and how numbers are written. */
class SpreadsheetsTest {
    private static final String BASE = base();
    private static final int ROWS = 60;

    @TempDir
    Path folder;

    @Test
    void aLineThatNamesTheSeparatorIsRead() {
        float[] expected = inputs(write("base.csv", BASE));
        String semicolons = BASE.replace(',', ';');
        for (String first : List.of("sep=;\n", "\uFEFFsep=;\r\n", "\"SEP=;\"\n")) {
            assertArrayEquals(expected, inputs(write("sep.csv", first + semicolons)));
        }
        assertArrayEquals(expected, inputs(write("comma.csv", "sep=,\n" + BASE)));
        assertArrayEquals(
                expected, inputs(write("hash.csv", "sep=#\n" + BASE.replace(',', '#'))), "which is told by that alone");
    }

    @Test
    void tablesOfRAreRead() {
        float[] expected = inputs(write("base.csv", BASE));
        String[] lines = BASE.split("\n");
        StringBuilder numbered = new StringBuilder("\"" + lines[0].replace(",", "\" \"") + "\"\n");
        for (int row = 1; row < lines.length; row++) {
            numbered.append('"')
                    .append(row)
                    .append("\" ")
                    .append(lines[row].replaceAll(",([ab])$", ",\"$1\"").replace(',', ' '))
                    .append('\n');
        }
        for (char separator : new char[] {' ', '\t', ','}) {
            String path = write("table.csv", numbered.toString().replace(' ', separator));
            assertArrayEquals(expected, inputs(path));
            LoadedData data = load(DataOptions.of(path));
            assertTrue(
                    data.notes()
                            .contains("table.csv: rows have one cell more than there are names; the first is taken as"
                                    + " the row's name, as R writes it"),
                    data.notes()::toString);
            assertEquals(1, data.warnings().size(), data.warnings()::toString);
        }
        String aligned = BASE.replaceAll("(?m)^", "   ").replace(",", "    ").replaceAll("(?m)$", "  ");
        assertArrayEquals(expected, inputs(write("aligned.csv", aligned)), "columns of one width");
    }

    @Test
    void separatorsAfterTheLastColumnDoNotCount() {
        float[] expected = inputs(write("base.csv", BASE));
        String path = write("trailing.csv", BASE.replace("\n", ",\n"));
        assertArrayEquals(expected, inputs(path));
        assertEquals(
                "trailing.csv: left out a column without name and values at the end, as lines end in \",\"",
                load(DataOptions.of(path)).notes().get(1));
        assertArrayEquals(expected, inputs(write("rows.csv", BASE.replaceAll("(?m)([ab])$", "$1,"))));
        assertArrayEquals(expected, inputs(write("header.csv", BASE.replaceFirst("label", "label,,"))));
        String late = path.replace("trailing", "late");
        write("late.csv", BASE.replace("\n", ",\n") + rows(1100) + "1,2,3,4,5,6,a,oops\n");
        assertSays("late.csv row 1401: a cell after the last column that has a name is not empty: \"oops\"", late);
    }

    @Test
    void linesOfNothingButSeparatorsAtTheEndDoNotCount() {
        float[] expected = inputs(write("base.csv", BASE));
        String path = write("end.csv", BASE + ",,,,,,\n,,,,,,\n");
        assertArrayEquals(expected, inputs(path));
        assertEquals(
                "end.csv: left out lines of nothing but separators at the end of the file",
                load(DataOptions.of(path)).notes().get(1));
        assertArrayEquals(
                expected,
                inputs(write("short.csv", BASE.replace(',', ';') + ";;\n")),
                "also where they are shorter than rows");
        assertSays(
                "middle.csv row 301, column \"x0\": the value is missing (\"\"); set data.missing to mean or most_frequent"
                        + " to fill it",
                write("middle.csv", BASE + ",,,,,,a\n" + "1,2,3,4,5,6,a\n"));
        assertSays(
                "label.csv row 301, column \"label\": the label is missing (\"\"); every row needs one",
                DataOptions.of(write("label.csv", BASE + ",,,,,,\n" + "1,2,3,4,5,6,a\n"))
                        .with(Format.AUTO, Missing.MEAN, List.of(""), Dialect.PLAIN));
    }

    @Test
    void linesAboveTheNamesAreRefused() {
        assertSays(
                "data.header: the first line of empty.csv names 0 of 7 columns: , , , , , , ; take out lines above the"
                        + " names of columns",
                write("empty.csv", ",,,,,,\n" + BASE));
        assertSays(
                "data.header: the first line of title.csv names 1 of 7 columns: Sales 2024, , , , , , ; take out lines"
                        + " above the names of columns",
                write("title.csv", "Sales 2024,,,,,,\n" + BASE));
        assertSays(
                "data.header: the first line of short.csv has 2 cells where the lines below have 7: Sales, 2024; take out"
                        + " lines above the names of columns",
                write("short.csv", "Sales, 2024\n" + BASE));
        assertTrue(says(write("pandas.csv", "Sales,Unnamed: 1,Unnamed: 2,Unnamed: 3\n1,2,3,4\n"))
                .startsWith("data.header: the first line of pandas.csv names 1 of 4 columns: "));
    }

    @Test
    void aSecondLineOfNamesUnitsOrTypesIsRefused() {
        for (String line : List.of("mm,kg,s,m,A,V,", "x0,x1,x2,x3,x4,x5,label", "continuous,continuous,,,,,discrete")) {
            assertTrue(
                    says(write("units.csv", BASE.replaceFirst("\n", "\n" + line + "\n")))
                            .startsWith("data.header: the line below the names in units.csv has text above "),
                    line);
        }
        assertSays(
                "dash.csv row 1, column \"x0\": \"-\" is not a number; correct it, or list the column in data.categorical or the"
                        + " cell in data.missing_values",
                write("dash.csv", BASE.replaceFirst("\n", "\n-,-,1,2,3,4,a\n")));
    }

    @Test
    void rowsThatAreOneCellTooLongAreNotTakenForNamedOnes() {
        String single = table("x,name,label", row -> row * 37 % 61 / 7.0 + ",'Doe, Jo'", ",");
        assertSays(
                "single.csv row 1: 4 cells, but the header names 3 columns; cells that hold separators have to be in double"
                        + " quotes, not single ones",
                write("single.csv", single));
    }

    @Test
    void numbersWithUnitsAndCategoriesOfOneRowAreSpokenOf() {
        String path = write("u.csv", table("h,x,label", row -> 150 + row * 7 % 50 + " cm," + row * 37 % 61, ","));
        List<String> warnings = load(DataOptions.of(path)).warnings();
        assertEquals(
                "the column \"h\" holds numbers with the unit \"cm\", as 150 cm, and is taken as a category with 50 levels;"
                        + " take the unit out of the file to read numbers",
                warnings.get(0));
        StringBuilder named = new StringBuilder("name,x,label\n");
        for (int row = 0; row < 80; row++) {
            named.append("Row" + row + "," + row * 37 % 61 + "," + (row * 31 % 11 < 5 ? 'a' : 'b') + "\n");
        }
        List<String> ofRows =
                load(DataOptions.of(write("named.csv", named.toString()))).warnings();
        assertEquals(
                List.of("the column \"name\" holds another category in every row, of which nothing is learned for other"
                        + " rows; data.ignore=[\"name\"] leaves it out"),
                ofRows);
    }

    @Test
    void marksBetweenThousandsAreReadWhereTheDecimalMarkIsGiven() {
        StringBuilder german = new StringBuilder("pay;x;label\n");
        StringBuilder american = new StringBuilder("pay,x,label\n");
        StringBuilder plain = new StringBuilder("pay,x,label\n");
        for (int row = 0; row < ROWS; row++) {
            int pay = 100_001 + 7919 * row % 99_991 * (row % 3 == 0 ? 100 : 1);
            String rest = row % 7 + (row % 2 == 0 ? ",a\n" : ",b\n");
            german.append(String.format(Locale.GERMANY, "%,d", pay)).append(';').append(rest.replace(',', ';'));
            american.append(String.format(Locale.US, "\"%,d\",", pay)).append(rest);
            plain.append(pay).append(',').append(rest);
        }
        float[] expected = inputs(write("plain.csv", plain.toString()));
        String de = write("de.csv", german.toString());
        String us = write("us.csv", american.toString());
        assertTrue(says(de).contains("if its points part thousands, set data.decimal=\",\""), says(de));
        assertTrue(says(us).contains("set data.decimal=\".\" if its comma parts thousands"), says(us));
        assertArrayEquals(expected, inputs(decimal(de, ",")));
        assertArrayEquals(expected, inputs(decimal(us, ".")));
    }

    @Test
    void aColumnOfNothingButThousandsIsSpokenOf() {
        String path = write(
                "de.csv",
                table("pay;x;label", row -> (100 + 37 * row % 61) + "." + (100 + 37 * row % 900) + ";" + row % 7, ";"));
        assertEquals(
                List.of(
                        "de.csv, column \"pay\": every number has a point before its last three digits, as 100.100, and is"
                                + " read as a fraction; if points mark thousands, set data.decimal=\",\""),
                load(DataOptions.of(path)).warnings());
        assertEquals(List.of(), load(decimal(path, ",")).warnings());
        assertEquals(List.of(), load(decimal(path, ".")).warnings());
        String both = write(
                "both.csv",
                table("pay;x;label", row -> (1 + 37 * row % 61) + "." + (100 + row) + ";" + row % 7 + ",5", ";"));
        assertEquals(
                List.of(
                        "both.csv: \";\" is between cells (data.separator)",
                        "both.csv: a comma is before the fraction of numbers (data.decimal)"),
                load(DataOptions.of(both)).notes().subList(1, 3));
        assertArrayEquals(inputs(decimal(both, ",")), inputs(both), "points part thousands where commas are decimal");
        String measured = write(
                "measured.csv",
                table("w,x,label", row -> (100 + 37 * row % 61) + "." + (100 + row) + "," + row % 7, ","));
        assertEquals(List.of(), load(DataOptions.of(measured)).warnings());
    }

    @Test
    void numbersThatMayBeCodesOrDaysAreSpokenOf() {
        Map<String, IntFunction<String>> columns = Map.of(
                "begin with, as 01000, are lost; if these are codes, data.categorical=[\"c\"] makes",
                        row -> "0" + (1000 + 7919 * row % 8999),
                "every number may be a day and a month, as 01.01, and is read as a fraction; if these are",
                        row -> String.format("%02d.%02d", 1 + row % 28, 1 + row % 12),
                "holds dates, as 2024-01-01, and is taken as a category with 60 levels; make a number",
                        row -> String.format("2024-%02d-%02d", 1 + row / 28, 1 + row % 28),
                "holds dates, as 1.1., and is taken as a category", row -> 1 + row % 28 + "." + (1 + row / 28) + ".",
                "holds dates, as 01JAN2024, and is taken as a category",
                        row -> String.format("%02dJAN2024", 1 + row % 28));
        columns.forEach((sentence, cell) -> {
            String path = write("c.csv", table("c,x,label", row -> cell.apply(row) + "," + row % 7, ","));
            List<String> warnings = load(DataOptions.of(path)).warnings();
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(warnings.get(0).contains(sentence), warnings.get(0));
        });
    }

    @Test
    void filesOfAFolderThatAreWrittenOtherwiseAreNamed() {
        write("f/a.csv", "x,y,label\n1,2,a\n2,1,b\n3,3,a\n");
        write("f/b.csv", "y,x,label\n1,2,a\n2,1,b\n");
        assertSays(
                "b.csv: its header is not that of a.csv: the same columns are in another order, y, x, label and not x, y,"
                        + " label; write all files alike",
                DataOptions.of(folder + "/f").with(Format.CSV, Missing.ERROR, List.of(), Dialect.PLAIN));
        write("f/b.csv", "x;y;label\n1;2;a\n2;1;b\n");
        assertSays(
                "b.csv: its header is not that of a.csv: \";\" is between its cells, and \",\" between those of the other;"
                        + " write all files alike",
                DataOptions.of(folder + "/f").with(Format.CSV, Missing.ERROR, List.of(), Dialect.PLAIN));
    }

    @Test
    void otherKindsOfFilesAreKnownByTheirFirstBytes() {
        Map<String, String> kinds = Map.of(
                "PK\u0003\u0004rest", "a zip archive, as those of Excel are",
                "\n<!DOCTYPE html><html>", "an HTML or XML page",
                "{\"x\": 1, \"label\": 2}\n", "JSON",
                "[\n {\"x\": 1}]\n", "JSON",
                "% a comment\n@RELATION iris\n", "an ARFF file, as Weka writes them",
                "$FL2@(#) SPSS", "a file of SPSS",
                "ARROW1\0\0", "an Arrow or Feather file");
        kinds.forEach((start, kind) -> {
            for (String name : List.of("x.csv", "x.unknown")) {
                Path file = folder.resolve(name);
                TestFiles.write(folder, name, start.getBytes(StandardCharsets.ISO_8859_1));
                String packed = TestFiles.write(folder, name + ".gz", start.getBytes(StandardCharsets.ISO_8859_1));
                assertTrue(says(packed).contains("it is " + kind), says(packed));
                assertTrue(
                        says(file.toString()).contains("it is " + kind + ", by its first bytes; "),
                        says(file.toString()));
            }
        });
        assertSays(
                "data.format: cannot tell the format from the name of x.txt; set it to csv, libsvm, parquet or idx",
                write("x.txt", BASE));
    }

    private static DataOptions decimal(String path, String mark) {
        return DataOptions.of(path)
                .with(Format.AUTO, Missing.ERROR, List.of(), new Dialect(true, "utf-8", "auto", mark, 1));
    }

    private static String table(String names, IntFunction<String> row, String separator) {
        StringBuilder text = new StringBuilder(names + "\n");
        for (int i = 0; i < ROWS; i++) {
            text.append(row.apply(i))
                    .append(separator)
                    .append(i * 31 % 11 < 5 ? 'a' : 'b')
                    .append('\n');
        }
        return text.toString();
    }

    private static String rows(int count) {
        return "1,2,3,4,5,6,a,\n".repeat(count);
    }

    private String write(String name, String text) {
        int slash = name.indexOf('/');
        return TestFiles.write(
                slash < 0 ? folder : folder.resolve(name.substring(0, slash)), name.substring(slash + 1), text);
    }

    private static String base() {
        try {
            return Files.readString(Path.of("src/test/resources/cases/base.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
