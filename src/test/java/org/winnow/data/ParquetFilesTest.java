package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.data.Loading.assertSays;
import static org.winnow.data.Loading.inputs;
import static org.winnow.data.Loading.load;
import static org.winnow.data.Loading.says;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.data.read.Dialect;
import org.winnow.data.read.Format;

/** Parquet as pandas, pyarrow, DuckDB and Spark write it. */
class ParquetFilesTest {
    private static final String CASES = "src/test/resources/cases/";

    @TempDir
    Path folder;

    @Test
    void typesOfColumnsThatAreLeftOutDoNotMatter() {
        float[] expected = inputs(ignoring(CASES + "base.csv"));
        assertArrayEquals(expected, inputs(ignoring(CASES + "nanos.parquet", "when")), 1e-4f);
        assertSays(
                "nanos.parquet, column \"when\": cannot read type timestamp(nanos), only numbers, booleans, text, and"
                        + " vectors or lists of numbers; leave it out with data.ignore",
                ignoring(CASES + "nanos.parquet"));
        assertArrayEquals(expected, inputs(ignoring(CASES + "case_only.parquet", "X0")), 1e-4f);
        assertEquals(
                7,
                load(ignoring(CASES + "case_only.parquet")).schema().features().size());
        assertSays(
                "brotli.parquet: it is compressed with Brotli, which nothing here reads; write it with zstd, snappy or"
                        + " gzip",
                ignoring(CASES + "brotli.parquet"));
    }

    @Test
    void filesOfAFolderMustHaveTheSameColumns() {
        assertSays(
                "part-0.parquet has no column \"x1\", which part-1.parquet has; all files must have the same columns, but"
                        + " for those that data.ignore leaves out",
                ignoring(CASES + "more.parquet"));
        assertEquals(
                5,
                load(ignoring(CASES + "more.parquet", "x1")).schema().features().size());
        assertEquals(
                6, load(ignoring(CASES + "mixed.parquet")).schema().features().size(), "integers are numbers");
    }

    @Test
    void filesWithoutRowsAndDoubledNamesAreNoTrouble() {
        LoadedData data = load(ignoring(CASES + "empty_part.parquet"));
        assertEquals(6, data.trainRows() + data.testRows());
        assertSays(
                "doubled.parquet: two columns are called \"a\"; names must differ, or data.ignore leave out all of that"
                        + " name",
                ignoring(CASES + "doubled.parquet"));
        assertSays(
                "doubled.parquet: no feature is left beside the label \"label\"; columns: a, a, label",
                ignoring(CASES + "doubled.parquet", "a"));
    }

    @Test
    void namesOfFoldersAreColumns() {
        LoadedData whole = load(ignoring(CASES + "byyear"));
        assertEquals(300, whole.trainRows() + whole.testRows());
        assertEquals("year", whole.schema().features().get(6).name());
        assertEquals(
                whole.fingerprint(),
                load(ignoring(CASES + "byyear/*/*.parquet")).fingerprint());
        assertEquals(
                6,
                load(ignoring(CASES + "byyear/year=2020")).schema().features().size());
        TestFiles.write(folder.resolve("csv/kind=a%20b"), "1.csv", "x,label\n1,2\n2,3\n3,2\n");
        TestFiles.write(folder.resolve("csv/kind=c"), "2.csv", "x,label\n1,2\n2,3\n5,2\n");
        assertEquals(
                List.of("x", "kind=a b", "kind=c"),
                load(new DataOptions(
                                folder + "/csv",
                                Format.CSV,
                                "",
                                Task.AUTO,
                                0,
                                "",
                                0,
                                Standardising.COLUMNS,
                                Missing.ERROR,
                                List.of(),
                                List.of(),
                                List.of(),
                                100))
                        .schema()
                        .inputNames());
        TestFiles.write(folder.resolve("csv/other=c"), "3.csv", "x,label\n1,2\n");
        assertTrue(says(DataOptions.of(folder + "/csv").with(Format.CSV, Missing.ERROR, List.of(), Dialect.PLAIN))
                .startsWith(
                        "data.path: all files must be in folders of the same names, got kind=… for 1.csv and other=…"));
    }

    @Test
    void placesMayBeCalledAsGlobsAre() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("run [1] {a} 100% +"));
        Files.copy(Path.of(CASES + "case_only.parquet"), odd.resolve("x [2].parquet"));
        assertEquals(
                7, load(ignoring(odd + "/x [2].parquet")).schema().features().size());
        assertEquals(
                7,
                load(ignoring(odd.toString()).with(Format.PARQUET, Missing.ERROR, List.of(), Dialect.PLAIN))
                        .schema()
                        .features()
                        .size());
    }

    @Test
    void everyVectorIsAsLongAsTheFirst() {
        assertSays(
                "part-0.parquet row 61, column \"features\": a vector must have 2 elements, as the first has, got 5",
                ignoring(CASES + "vec_longer.parquet"));
        assertEquals(
                List.of("f`x_0", "f`x_1", "f`x_2", "f`x_3", "f`x_4"),
                load(ignoring(CASES + "vec_backtick.parquet")).schema().inputNames());
    }

    @Test
    void listsDecimalsHalvesAndUnsignedNumbersAreNumbers() {
        String[] unread = {"at", "words", "deep"};
        DataOptions options = ignoring(CASES + "types.parquet", unread);
        assertSays(
                "types.parquet row 1, column \"list_0\": the value is missing (\"null\"); set data.missing to mean or"
                        + " most_frequent to fill it",
                options);
        LoadedData data = load(options.with(Format.AUTO, Missing.MEAN, List.of(), Dialect.PLAIN));
        assertEquals(
                List.of(
                        "list_0",
                        "list_1",
                        "list_2",
                        "fixed_0",
                        "fixed_1",
                        "fixed_2",
                        "half",
                        "dec",
                        "u64",
                        "cat=x",
                        "cat=y",
                        "cat=z",
                        "flag",
                        "_metadata"),
                data.schema().inputNames());
        List<EncodedRow> rows = DataLoader.loadForPrediction(
                        SparkTest.session(),
                        options.with(Format.AUTO, Missing.MEAN, List.of(), Dialect.PLAIN),
                        plain(data.encoder()))
                .rows()
                .collect();
        assertEquals(24, rows.size());
        float[] last = rows.get(23).inputs();
        assertArrayEquals(
                new float[] {23.5f, -23, 529, 23.5f, -23, 529, 23 / 4f - 2, 0.23f, 0x1p63f + 4096 * 23, 0, 0, 1, 0, 3},
                last);
        for (String name : unread) {
            String[] others =
                    Arrays.stream(unread).filter(other -> !other.equals(name)).toArray(String[]::new);
            assertTrue(says(ignoring(CASES + "types.parquet", others))
                    .startsWith("types.parquet, column \"" + name + "\": cannot read type "));
        }
    }

    @Test
    void theIndexOfPandasIsNoFeature() {
        LoadedData data = load(ignoring(CASES + "pandas_index.parquet"));
        assertEquals(List.of("x"), data.schema().inputNames());
        assertTrue(
                data.warnings().get(0).startsWith("left out the column \"__index_level_0__\" of pandas_index.parquet"));
    }

    @Test
    void predictionNeedsNoOtherColumns() {
        Encoder encoder = load(ignoring(CASES + "base.csv")).encoder();
        DataOptions other = ignoring(CASES + "p_case_other.parquet");
        assertEquals(
                30,
                DataLoader.loadForPrediction(SparkTest.session(), other, encoder)
                        .rows()
                        .count());
    }

    /** The same features, their numbers as they are. */
    private static Encoder plain(Encoder encoder) {
        return new Encoder(
                encoder.schema(),
                encoder.schema().features().stream()
                        .map(feature -> Scaling.NONE)
                        .toList(),
                encoder.target());
    }

    private static DataOptions ignoring(String path, String... names) {
        Format format = path.contains("byyear") && !path.endsWith(".parquet") ? Format.PARQUET : Format.AUTO;
        return new DataOptions(
                path,
                format,
                "",
                Task.AUTO,
                0.2,
                "",
                0,
                Standardising.COLUMNS,
                Missing.ERROR,
                List.of(),
                List.of(names),
                List.of(""),
                100);
    }
}
