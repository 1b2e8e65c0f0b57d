package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.data.Loading.assertSays;
import static org.winnow.data.Loading.load;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.data.read.Dialect;
import org.winnow.data.read.Format;

/** What is wrong with the names of classes and categories, or with how many rows have them. */
class ClassesTest {
    @TempDir
    Path folder;

    @Test
    void classesOfFewRowsAreNamed() {
        Schema schema =
                new Schema(List.of(Feature.numeric("x")), "y", Task.CLASSIFICATION, List.of("a", "b", "c", "d", "e"));
        assertEquals(
                List.of(
                        "the label \"y\": no row to learn from is of \"b\" (0 to learn from, 2 held out): no such row is"
                                + " predicted right; merge rare classes, or take their rows out",
                        "the label \"y\": few rows are of \"c\" (1 to learn from, 0 held out), \"d\" (3 to learn from, 1 held"
                                + " out): what is learned of such a class hangs on these; check how its label is spelled,"
                                + " merge rare classes, or take their rows out",
                        "the label \"y\": no row that is held out is of \"e\" (7 to learn from, 0 held out): the held-out"
                                + " score says nothing of such a class; raise data.test_fraction or give another seed"),
                new RareClasses(schema, new long[] {90, 0, 1, 3, 7}, new long[] {20, 2, 0, 1, 0}).warnings());
        assertEquals(
                List.of(),
                new RareClasses(schema, new long[] {90, 9, 9, 9, 7}, new long[5]).warnings(),
                "nothing is held out");
    }

    @Test
    void aClassOfOneRowIsSpokenOf() {
        LoadedData data = load(DataOptions.of(table(
                "x,label", row -> row * 37 % 101 + "," + (row == 50 ? "c" : "ab".charAt(row % 2)))));
        assertEquals(1, data.warnings().size(), data.warnings()::toString);
        assertTrue(data.warnings().get(0).contains("\"c\" ("), data.warnings().get(0));
    }

    @Test
    void namesThatDifferInCaseOrBlanksAreNamed() {
        List<String> labels = List.of("Yes", "yes", "No", "NO", "maybe");
        List<String> categories = List.of("New York", "new  york", "Paris");
        LoadedData data = load(DataOptions.of(table(
                "x,city,label", row -> row * 37 % 101 + "," + categories.get(row % 3) + "," + labels.get(row % 5))));
        assertEquals(
                List.of(
                        "the column \"city\" has categories that differ in case or blanks only, and are learned as different"
                                + " ones: \"New York\" and \"new  york\"; spell them alike in the file",
                        "the label \"label\" has classes that differ in case or blanks only, and are learned as different"
                                + " ones: \"NO\" and \"No\"; \"Yes\" and \"yes\"; spell them alike in the file"),
                data.warnings().subList(0, 2));
        assertTrue(Spelling.alike("K\u00f6ln", List.of("Ko\u0308ln")).isPresent(), "however letters are encoded");
        assertTrue(Spelling.alike("-1", List.of("1")).isEmpty());
    }

    @Test
    void labelsThatStandForMissingOnesAreRefusedWithACure() {
        String names = "x,label";
        assertSays(
                "table.csv row 4, column \"label\": the label is missing (\"NA\"); every row needs one, or leave \"NA\" out of"
                        + " data.missing_values if it is a class",
                DataOptions.of(table(names, row -> row + "," + (row % 4 == 3 ? "NA" : "DE"))));
        assertSays(
                "table.csv row 4, column \"label\": \"nan\" is not a finite number; take out such rows",
                DataOptions.of(table(names, row -> row + "," + (row % 4 == 3 ? "nan" : "0"))));
        DataOptions options = DataOptions.of(table(names, row -> row * 37 % 101 + "," + (row % 4 == 3 ? "NA" : "DE")))
                .with(Format.AUTO, Missing.ERROR, List.of("", "?"), Dialect.PLAIN);
        assertEquals(List.of("DE", "NA"), load(options).schema().classes());
    }

    @Test
    void columnsWithoutValuesAreNotCalledConstant() {
        DataOptions options = DataOptions.of(
                        table("x,none,same,label", row -> row * 37 % 101 + ",,7," + "ab".charAt(row % 2)))
                .with(Format.AUTO, Missing.MEAN, List.of(""), Dialect.PLAIN);
        assertEquals(
                List.of(
                        "dropped 1 of the columns, constant in the training rows: same",
                        "dropped 1 of the columns, without any value in the training rows: none"),
                load(options).warnings());
    }

    private String table(String names, IntFunction<String> row) {
        StringBuilder text = new StringBuilder(names + "\n");
        for (int i = 0; i < 100; i++) {
            text.append(row.apply(i)).append('\n');
        }
        return TestFiles.write(folder, "table.csv", text.toString());
    }
}
