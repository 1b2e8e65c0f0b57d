package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.winnow.SparkTest;
import org.winnow.check.UserError;
import org.winnow.data.read.Format;

/** Each fault of the user's data is told in one sentence: file, row, column, what is allowed. */
class BadInputTest {
    private static final String TEN_ROWS = "1,2,yes\n3,4,no\n".repeat(5);

    @TempDir
    Path folder;

    static Stream<Arguments> tables() {
        return Stream.of(
                arguments("a,b,label\n", "data.path: no rows in FOLDER/x.csv"),
                arguments("", "data.path: FOLDER/x.csv is empty"),
                arguments("\n\n", "data.path: x.csv is empty"),
                arguments(
                        "a,b,c\n1,2,3\n",
                        "data.label must be the name or 0-based position of the label in x.csv; columns: a, b, c"),
                arguments("label\n1\n2\n", "x.csv: no feature is left beside the label \"label\"; columns: label"),
                arguments(
                        "a,a,label\n1,2,3\n",
                        "x.csv: two columns are called \"a\"; names must differ, or data.ignore leave out all of that name"),
                arguments(
                        "a,b,label\n1,2,yes\n3,4,yes\n",
                        "data.label: \"label\" is constant in x.csv (yes in every row); there is nothing to learn"),
                arguments(
                        "a,b,label\n1,2,2.5\n3,4,2.5\n",
                        "data.label: \"label\" is constant in x.csv (2.5 in every row); there is nothing to learn"),
                arguments(
                        "a,b,label\n1,2,yes\n3,abc,no\n",
                        "x.csv row 2, column \"b\": \"abc\" is not a number; correct it, or list the column in "
                                + "data.categorical or the cell in data.missing_values"),
                arguments("a,b,label\n1,2,yes\n\n3,4,no,5\n", "x.csv row 2: 4 cells, but the header names 3 columns"),
                arguments("a,b,label\n1,2,yes\n3,4\n", "x.csv row 2: 2 cells, but the header names 3 columns"),
                arguments(
                        "a,b,label\n1,NaN,yes\n3,4,no\n",
                        "x.csv row 1, column \"b\": \"NaN\" is not a finite number; correct it, or list it in "
                                + "data.missing_values"),
                arguments(
                        "a,b,label\n1,2,yes\n3,1e999,no\n",
                        "x.csv row 2, column \"b\": \"1e999\" is not a finite number; correct it, or list it in "
                                + "data.missing_values"),
                arguments(
                        "a,b,label\n1,2,yes\n3,NA,no\n",
                        "x.csv row 2, column \"b\": the value is missing (\"NA\"); set data.missing to mean or "
                                + "most_frequent to fill it"),
                arguments(
                        "a,b,label\n1,2,yes\n3,4,\n",
                        "x.csv row 2, column \"label\": the label is missing (\"\"); every row needs one"),
                arguments(
                        "a,b,label\n1,2,1\n3,4,NaN\n",
                        "x.csv row 2, column \"label\": \"NaN\" is not a finite number; take out such rows"),
                arguments("a,b,label\n1,\"2,yes\n3,4,no\n", "x.csv row 1: a quote is opened and never closed"),
                arguments(
                        "a,b,label\n1,2,yes\n3,4\"\",no\n",
                        "x.csv row 2: a quote within a cell that does not start with one; put the cell in quotes and "
                                + "double those it holds"),
                arguments(
                        "a,b,label\n1,2,yes\n1,2,no\n1,2,yes\n1,2,no\n1,2,no\n",
                        "every feature is constant in the training rows: a, b"),
                arguments(
                        "a,b,label\n1,2,u\n3,4,v\n5,6,w\n7,8,x\n",
                        "data.label: \"label\" has 4 classes, more than the 3 training rows"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void tellsWhatIsWrongWithATable(String text, String sentence) {
        assertSays(sentence, DataOptions.of(TestFiles.write(folder, "x.csv", text)));
    }

    static Stream<Arguments> libsvm() {
        return Stream.of(
                arguments("1 1:2\n0 3\n", "x.libsvm row 2: \"3\" is not index:value"),
                arguments(
                        "1 0:2\n",
                        "x.libsvm row 1: index 0, but indices are taken to begin with 1; if those of the file begin with 0, as "
                                + "scikit-learn writes them, set data.first_index=0"),
                arguments(
                        "1 2000000000:2\n",
                        "x.libsvm row 1: an index must be a whole number in 1..1000000, got \"2000000000\""),
                arguments("1 2:2 2:3\n", "x.libsvm row 1: indices must ascend, got 2 after 2"),
                arguments(
                        "1 qid:3 2:2\n",
                        "x.libsvm row 1: \"qid\" groups rows for ranking, which nothing here learns from; take it out"),
                arguments("1,2 2:2\n", "x.libsvm row 1: one label is allowed, got several: \"1,2\""),
                arguments(
                        "1:0.5 1:2 2:3\n",
                        "x.libsvm row 1: \"1:0.5\" is a label with the row's weight, which is not read; take the weight"
                                + " out"),
                arguments("1:2 2:2\n", "x.libsvm row 1: the label is missing: it begins with \"1:2\""),
                arguments("yes 2:2\n", "x.libsvm row 1: the label must be a finite number, got \"yes\""),
                arguments(
                        "1 2:2\n0 2:inf\n",
                        "x.libsvm row 2: the value of index 2 must be a finite number, got \"inf\""));
    }

    @ParameterizedTest
    @MethodSource("libsvm")
    void tellsWhatIsWrongWithLibsvm(String text, String sentence) {
        assertSays(sentence, DataOptions.of(TestFiles.write(folder, "x.libsvm", text)));
    }

    @Test
    void tellsWhatIsWrongWithFiles() throws IOException {
        assertSays("data.path: no such file or directory: FOLDER/none.csv", DataOptions.of(folder + "/none.csv"));
        assertSays("data.path: no data files in directory FOLDER", DataOptions.of(folder.toString()));
        String unknown = TestFiles.write(folder, "x.dat", TEN_ROWS);
        assertSays(
                "data.format: cannot tell the format from the name of x.dat; set it to csv, libsvm, parquet or idx",
                DataOptions.of(unknown));
        Files.move(Path.of(TestFiles.write(folder, "y.csv", "a,label\n1,2\n")), folder.resolve("y.csv.gz"));
        assertSays("y.csv.gz: cannot be read: not a gzip file", DataOptions.of(folder + "/y.csv.gz"));
        byte[] whole = Files.readAllBytes(Path.of(TestFiles.write(folder, "z.csv.gz", "a,b,label\n" + TEN_ROWS)));
        Files.write(folder.resolve("z.csv.gz"), Arrays.copyOf(whole, whole.length - 12));
        assertSays("z.csv.gz: the file is cut short", DataOptions.of(folder + "/z.csv.gz"));
        String parquet = TestFiles.write(folder, "x.parquet", TEN_ROWS);
        assertSays("x.parquet: not a Parquet file, or cut short: it must end with PAR1", DataOptions.of(parquet));
        assertSays(
                "data.path: no file system for nope://x/y.csv: No FileSystem for scheme \"nope\"",
                DataOptions.of("nope://x/y.csv"));
    }

    @Test
    void tellsThatAFileMayNotBeRead() throws IOException {
        Path file = Path.of(TestFiles.write(folder, "x.csv", "a,b,label\n" + TEN_ROWS));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read every file");
        assertSays("x.csv: cannot be read: no permission to read it", DataOptions.of(file.toString()));
    }

    @Test
    void tellsWhichOfManyFilesIsMeant() {
        Path many = folder.resolve("many");
        TestFiles.write(many, "1.csv", "a,b,label\n" + TEN_ROWS);
        TestFiles.write(many, "2.csv", "a,b,label\n1,2,yes\n3,4,no\n5,six,no\n");
        assertSays(
                "2.csv row 3, column \"b\": \"six\" is not a number; correct it, or list the column in "
                        + "data.categorical or the cell in data.missing_values",
                DataOptions.of(many.toString()));
        TestFiles.write(many, "2.csv", "a,c,label\n1,2,yes\n");
        assertSays(
                "2.csv: its header is not that of 1.csv; it has c besides, and lacks b",
                DataOptions.of(many.toString()));
    }

    @Test
    void tellsWhatIsWrongWithOptions() {
        String path = TestFiles.write(folder, "x.csv", "a,b,label\n" + TEN_ROWS);
        DataOptions options = DataOptions.of(path);
        assertSays("data.label: no column \"lable\" in x.csv; columns: a, b, label", options.withLabel("lable"));
        assertSays("data.label: position must be in 0..2 for x.csv, got 3", options.withLabel("3"));
        assertSays(
                "x.csv row 1, column \"label\": \"yes\" is not a number; data.task=regression needs a number in every "
                        + "row",
                with(options, Task.REGRESSION, List.of(), List.of(), 100));
        assertSays(
                "data.ignore: no column \"c\" in x.csv; columns: a, b, label",
                with(options, Task.AUTO, List.of(), List.of("c"), 100));
        assertSays(
                "data.categorical: no column \"c\" in x.csv; columns: a, b, label",
                with(options, Task.AUTO, List.of("c"), List.of(), 100));
        assertSays(
                "x.csv: no feature is left beside the label \"label\"; columns: a, b, label",
                with(options, Task.AUTO, List.of(), List.of("a", "b"), 100));
        String letters = TestFiles.write(folder, "y.csv", "a,b,label\n1,x,1\n2,y,2\n3,z,1\n4,x,2\n");
        assertSays(
                "y.csv, column \"b\": more than 2 categories; leave it out with data.ignore, or raise "
                        + "data.max_categories",
                with(DataOptions.of(letters), Task.AUTO, List.of(), List.of(), 2));
        UserError shards = assertThrows(UserError.class, () -> DataLoader.load(SparkTest.session(), options, 9, 1));
        assertEquals(
                "train.shards must be at most the number of training rows, got 9 for 8 of 10 rows "
                        + "(data.test_fraction holds out the others)",
                shards.getMessage());
    }

    @Test
    void tellsWhatIsWrongWithIdx() {
        byte[] magic = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2};
        String images = TestFiles.write(folder, "a-images-idx3-ubyte", magic);
        assertSays(
                "a-images-idx3-ubyte: its header announces 2 images of 2 pixels, which takes 20 bytes, got 16",
                DataOptions.of(images));
        String zipped = TestFiles.write(folder, "b-images-idx3-ubyte.gz", magic);
        assertSays(
                "b-images-idx3-ubyte.gz: no file b-labels-idx1-ubyte.gz with its labels beside it",
                DataOptions.of(zipped));
        TestFiles.write(folder, "b-labels-idx1-ubyte", new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3});
        assertSays(
                "b-images-idx3-ubyte.gz: it has 2 images, but b-labels-idx1-ubyte has 3 labels",
                DataOptions.of(zipped));
        TestFiles.write(folder, "b-labels-idx1-ubyte", new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 1, 2});
        assertSays("b-images-idx3-ubyte.gz: the file is cut short", DataOptions.of(zipped));
        TestFiles.write(folder, "b-labels-idx1-ubyte", new byte[] {0, 0, 0xC, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2});
        assertSays(
                "b-labels-idx1-ubyte: its numbers are integers; labels must be unsigned bytes", DataOptions.of(zipped));
        assertSays(
                "f-images-idx3-ubyte: its numbers are floats; images must be unsigned bytes",
                DataOptions.of(TestFiles.write(folder, "f-images-idx3-ubyte", new byte[] {0, 0, 0xD, 3, 0, 0, 0, 0})));
        assertSays(
                "rgb-images-idx4-ubyte: it has 4 dimensions; images have 3: count, height and width",
                DataOptions.of(TestFiles.write(folder, "rgb-images-idx4-ubyte", new byte[] {0, 0, 8, 4, 0, 0, 0, 0})));
        String other = TestFiles.write(folder, "c-images-idx3-ubyte", "hello, world");
        assertSays(
                "c-images-idx3-ubyte: not idx images: must start with 00000803, got 68656c6c", DataOptions.of(other));
    }

    private static DataOptions with(
            DataOptions from, Task task, List<String> categorical, List<String> ignore, int maxCategories) {
        return new DataOptions(
                from.path(),
                Format.CSV,
                from.label(),
                task,
                from.testFraction(),
                from.testFiles(),
                from.trainRows(),
                from.standardise(),
                from.missing(),
                categorical,
                ignore,
                from.missingValues(),
                maxCategories);
    }

    private void assertSays(String sentence, DataOptions options) {
        UserError error = assertThrows(UserError.class, () -> DataLoader.load(SparkTest.session(), options, 0, 1));
        assertEquals(sentence.replace("FOLDER", folder.toString()), error.getMessage());
    }
}
