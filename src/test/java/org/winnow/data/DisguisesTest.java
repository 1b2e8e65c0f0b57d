package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.data.Loading.assertSays;
import static org.winnow.data.Loading.inputs;
import static org.winnow.data.Loading.load;
import static org.winnow.data.Loading.says;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.winnow.SparkTest;
import org.winnow.data.read.Dialect;
import org.winnow.data.read.Format;

/** One table as people have it: the same numbers however it is written, or a sentence that says what to do. */
class DisguisesTest {
    private static final String BASE = read();

    @TempDir
    Path folder;

    @Test
    void separatorsAreToldFromTheFile() {
        float[] expected = inputs(write("base.csv", BASE));
        assertSame(
                expected,
                write("semicolon.csv", BASE.replace(',', ';')),
                "semicolon.csv: \";\" is between cells (data.separator)");
        assertSame(
                expected, write("tab.tsv", BASE.replace(',', '\t')), "tab.tsv: tab is between cells (data.separator)");
        assertSame(
                expected, write("bar.csv", BASE.replace(',', '|')), "bar.csv: \"|\" is between cells (data.separator)");
        String wine = BASE.replace(",", ";")
                .replaceAll("x(\\d)", "\"x$1 of it\"")
                .replaceAll("(?m);([ab]|label)$", ";\"$1\"");
        assertSame(expected, write("wine.csv", wine), "wine.csv: \";\" is between cells (data.separator)");
        assertSame(
                expected,
                write("blank.csv", BASE.replace(',', ' ')),
                "blank.csv: a blank is between cells (data.separator)");
        assertArrayEquals(
                expected,
                inputs(DataOptions.of(write("space.csv", BASE.replace(",", "  ")))
                        .with(Format.AUTO, Missing.ERROR, List.of(), dialect(true, "utf-8", " ", "auto"))));
    }

    @Test
    void linesAboveTheNamesAreSpokenOf() {
        for (String above : List.of("Exported on 2024-01-01\n", "# made by a tool\n")) {
            assertTrue(says(write("above.csv", above + BASE))
                    .startsWith("data.separator: the first line of above.csv is one"));
        }
    }

    @Test
    void decimalCommasAreToldFromTheFile() {
        float[] expected = inputs(write("base.csv", BASE));
        String commas = BASE.replace(',', ';').replace('.', ',');
        assertSame(
                expected,
                write("semicolons.csv", commas),
                "semicolons.csv: \";\" is between cells (data.separator)",
                "semicolons.csv: a comma is before the fraction of numbers (data.decimal)");
        String quoted = BASE.replaceAll("(-?\\d+)\\.(\\d+)", "\"$1,$2\"");
        assertSame(
                expected,
                write("quoted.csv", quoted),
                "quoted.csv: a comma is before the fraction of numbers (data.decimal)");
        assertArrayEquals(
                expected,
                inputs(DataOptions.of(write("given.csv", commas))
                        .with(Format.AUTO, Missing.ERROR, List.of(), dialect(true, "utf-8", ";", ","))));
    }

    @Test
    void numbersInNotationsThatAreNotReadAreNoCategories() {
        StringBuilder thousands = new StringBuilder("pay,x,label\n");
        StringBuilder shares = new StringBuilder("pay,x,label\n");
        for (int row = 0; row < 60; row++) {
            thousands
                    .append("\"")
                    .append(1 + row % 9)
                    .append(",500\",")
                    .append(row % 7)
                    .append('.')
                    .append(row % 3)
                    .append(row % 2 == 0 ? ",a\n" : ",b\n");
            shares.append(row % 9).append("%,").append(row % 7).append(row % 2 == 0 ? ",a\n" : ",b\n");
        }
        assertTrue(says(write("t.csv", thousands.toString()))
                .startsWith("t.csv row 1, column \"pay\": \"1,500\" is not a number; but looks like one;"));
        assertTrue(says(write("s.csv", shares.toString()))
                .startsWith("s.csv row 1, column \"pay\": \"0%\" is not a number; but looks like one;"));
    }

    @Test
    void aFileWithoutHeaderIsNotRobbedOfItsFirstRow() {
        float[] expected = inputs(write("base.csv", BASE));
        String rows = BASE.substring(BASE.indexOf('\n') + 1);
        String path = write("rows.csv", rows);
        assertSays(
                "data.header: the first line of rows.csv is numbers, not names: 0.00123, 0.29875, -0.27414, -0.89059,"
                        + " -0.45467, -0.99165, b; set data.header=false to read it as a row, with columns c0, c1, …",
                path);
        DataOptions options = DataOptions.of(path)
                .withLabel("6")
                .with(Format.AUTO, Missing.ERROR, List.of(), dialect(false, "utf-8", "auto", "auto"));
        assertArrayEquals(expected, inputs(options));
        LoadedData data = load(options);
        assertEquals(List.of("c0", "c1", "c2", "c3", "c4", "c5"), data.schema().inputNames());
        assertEquals(300, data.trainRows() + data.testRows());
        assertEquals("c6", data.schema().label());
    }

    @Test
    void headersOfNumbersThatCountColumnsAreHeaders() {
        String numbered = BASE.replaceFirst(".*", "0,1,2,3,4,5,6");
        LoadedData data = load(DataOptions.of(write("n.csv", numbered)).withLabel("6"));
        assertEquals(List.of("0", "1", "2", "3", "4", "5"), data.schema().inputNames());
        assertTrue(says(write("mixed.csv", BASE.replaceFirst(".*", "39,77516,13,Male,40,0,<=50K")))
                .startsWith("data.header: "));
    }

    @Test
    void characterSetsAreReadOrRefusedByName() throws IOException {
        String table = BASE.replace("label", "größe").replaceAll("(?m),a$", ",Köln");
        DataOptions plain = DataOptions.of(bytes("latin.csv", table, StandardCharsets.ISO_8859_1))
                .withLabel("größe");
        assertTrue(says(plain)
                .startsWith("latin.csv, first line: \"gr\uFFFD\uFFFDe\" is not UTF-8; set data.encoding to "));
        for (String name : List.of("latin-1", "windows-1252")) {
            LoadedData data =
                    load(plain.with(Format.AUTO, Missing.ERROR, List.of(), dialect(true, name, "auto", "auto")));
            assertEquals(List.of("Köln", "b"), data.schema().classes());
        }
        String cells = bytes("cells.csv", BASE.replaceAll("(?m),a$", ",Köln"), StandardCharsets.ISO_8859_1);
        assertTrue(says(cells).startsWith("cells.csv row 3: \"K\uFFFDln\" is not UTF-8"));
        DataOptions wide = DataOptions.of(bytes("wide.csv", table, StandardCharsets.UTF_16))
                .withLabel("größe");
        assertSays("wide.csv, first line: it is UTF-16, by its first bytes; set data.encoding=utf-16", wide);
        LoadedData data =
                load(wide.with(Format.AUTO, Missing.ERROR, List.of(), dialect(true, "utf-16", "auto", "auto")));
        assertEquals(List.of("Köln", "b"), data.schema().classes());
        String unmarked = bytes("unmarked.csv", BASE, StandardCharsets.UTF_16LE);
        assertTrue(says(unmarked).contains("set data.encoding=utf-16"), says(unmarked));
    }

    @Test
    void compressedFilesAreReadWithoutNativeLibraries() throws IOException {
        float[] expected = inputs(write("base.csv", BASE));
        byte[] bytes = BASE.getBytes(StandardCharsets.UTF_8);
        Path zstd = Files.write(folder.resolve("x.csv.zst"), Zstd.compress(bytes));
        assertArrayEquals(expected, inputs(zstd.toString()));
        Path lz4 = folder.resolve("x.csv.lz4");
        try (OutputStream out = new LZ4FrameOutputStream(Files.newOutputStream(lz4))) {
            out.write(bytes);
        }
        assertArrayEquals(expected, inputs(lz4.toString()));
        Path xz = folder.resolve("x.csv.xz");
        try (OutputStream out = new XZOutputStream(Files.newOutputStream(xz), new LZMA2Options())) {
            out.write(bytes);
        }
        assertArrayEquals(expected, inputs(xz.toString()));
        byte[] whole = Files.readAllBytes(zstd);
        Files.write(folder.resolve("cut.csv.zst"), Arrays.copyOf(whole, whole.length / 2));
        assertSays("cut.csv.zst: the file is cut short", folder + "/cut.csv.zst");
        Files.write(folder.resolve("named.csv"), Files.readAllBytes(xz));
        assertSays(
                "named.csv, first line: it is an xz file, by its first bytes; call it named.csv.xz",
                folder + "/named.csv");
        Files.write(folder.resolve("sheet.csv"), new byte[] {'P', 'K', 3, 4, 0, 0});
        assertSays(
                "sheet.csv, first line: it is a zip archive, as those of Excel are, by its first bytes; unpack it, or save"
                        + " it as CSV",
                folder + "/sheet.csv");
    }

    @Test
    void whatOnlyCountsRowsIsNoFeature() {
        String named = BASE.replaceFirst("^", ",").replaceAll("(?m)^(?=[-\\d])", "7,");
        LoadedData unnamed = load(DataOptions.of(write("r.csv", named)));
        assertEquals(6, unnamed.schema().features().size());
        assertTrue(
                unnamed.warnings().get(0).startsWith("left out the column \"\" of r.csv: "),
                unnamed.warnings().toString());
        StringBuilder counted = new StringBuilder();
        StringBuilder rising = new StringBuilder();
        int row = 0;
        for (String line : BASE.split("\n")) {
            counted.append(row == 0 ? "id" : String.valueOf(100 + row))
                    .append(',')
                    .append(line)
                    .append('\n');
            rising.append(row == 0 ? "id" : String.valueOf(row * row))
                    .append(',')
                    .append(line)
                    .append('\n');
            row++;
        }
        DataOptions options = DataOptions.of(write("id.csv", counted.toString()));
        LoadedData data = load(options);
        assertEquals(List.of("x0", "x1", "x2", "x3", "x4", "x5"), data.schema().inputNames());
        assertEquals(
                List.of("left out the column \"id\": it counts the rows; data.keep=[\"id\"] keeps it"),
                data.warnings());
        assertTrue(load(DataOptions.of(write("ids.csv", rising.toString())))
                .warnings()
                .toString()
                .contains("goes up from each row to the next"));
        assertEquals(7, load(keeping(options, "id")).schema().features().size());
    }

    @Test
    void namesThatAreDoubledMatterOnlyWhereTheyAreUsed() {
        String doubled = BASE.replaceFirst("x4,x5", "x5,x5");
        DataOptions options = DataOptions.of(write("twice.csv", doubled));
        assertSays(
                "twice.csv: two columns are called \"x5\"; names must differ, or data.ignore leave out all of that name",
                options);
        LoadedData data = load(DataOptions.of(write("base.csv", BASE)));
        Encoder encoder = data.encoder().keep(List.of(0, 1));
        assertEquals(
                300,
                DataLoader.loadForPrediction(SparkTest.session(), options, encoder)
                        .rows()
                        .count());
        String red = BASE.replaceFirst("x4", "\u001b[31mx4");
        assertSays(
                "red.csv: the name of a column holds a control character: \"\u001b[31mx4\"; names must be of what can be printed",
                write("red.csv", red));
    }

    @Test
    void saysTheTaskAndWhy() {
        assertEquals(
                "classification: the label \"label\" has 2 classes (text)",
                load(DataOptions.of(write("base.csv", BASE))).notes().get(0));
        StringBuilder letters = new StringBuilder("x,label\n");
        for (int row = 0; row < 104; row++) {
            letters.append(row * 37 % 101).append(',').append(row % 26).append('\n');
        }
        LoadedData data = load(DataOptions.of(write("letters.csv", letters.toString())));
        assertEquals(
                "regression: the label \"label\" has 26 different whole numbers, more than 20; data.task=classification makes classes of them",
                data.notes().get(0));
        assertTrue(data.baseline() > 20 && data.baseline() < 100, "the variance of 0 .. 25");
    }

    private static Dialect dialect(boolean header, String encoding, String separator, String decimal) {
        return new Dialect(header, encoding, separator, decimal, 1);
    }

    private static DataOptions keeping(DataOptions of, String column) {
        return new DataOptions(
                of.path(),
                of.format(),
                of.label(),
                of.task(),
                of.testFraction(),
                of.testFiles(),
                of.trainRows(),
                of.standardise(),
                of.missing(),
                of.categorical(),
                of.ignore(),
                List.of(column),
                of.missingValues(),
                of.maxCategories(),
                of.dialect());
    }

    private void assertSame(float[] expected, String path, String... notes) {
        assertArrayEquals(expected, inputs(path), path);
        List<String> said = load(DataOptions.of(path)).notes();
        assertEquals(List.of(notes), said.subList(1, said.size()));
    }

    private String write(String name, String text) {
        return TestFiles.write(folder, name, text);
    }

    private String bytes(String name, String text, Charset charset) {
        return TestFiles.write(folder, name, text.getBytes(charset));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("src/test/resources/cases/base.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
