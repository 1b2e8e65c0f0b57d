package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.check.UserError;
import org.winnow.data.read.Format;

/** Columns of categories, missing values, and the same for rows to predict for. */
class CategoriesAndMissingTest {
    private static final String TABLE = """
            size,colour,zip,same,target
            1,red,10,7,1.5
            2,blue,9,7,2.5
            3,red,10,7,0.5
            ?,red,10,7,4.5
            2,,9,7,3.25
            """;

    @TempDir
    Path folder;

    private LoadedData load(Missing missing) {
        DataOptions options = new DataOptions(
                TestFiles.write(folder, "x.csv", TABLE),
                Format.AUTO,
                "",
                Task.AUTO,
                0,
                "",
                0,
                Standardising.COLUMNS,
                missing,
                List.of("zip"),
                List.of(),
                List.of("", "?"),
                10);
        return DataLoader.load(SparkTest.session(), options, 1, 3);
    }

    @Test
    void aCategoryBecomesInputsOfOneFeature() {
        LoadedData data = load(Missing.MEAN);
        Schema schema = data.schema();
        assertEquals(Task.REGRESSION, schema.task());
        assertEquals(List.of("size", "colour=blue", "colour=red", "zip=10", "zip=9"), schema.inputNames());
        assertArrayEquals(new int[] {0, 1, 1, 2, 2}, schema.featureOfInput());
        assertEquals(List.of("dropped 1 of the columns, constant in the training rows: same"), data.warnings());
        assertEquals(2.45, data.encoder().targetMean(), 1e-15);
        Scaling size = data.encoder().scalings().get(0);
        assertEquals(new Scaling(2, Math.sqrt(0.5), 2), size);
        assertEquals(
                1, data.encoder().scalings().get(1).fill(), "red is the most frequent colour, also where means fill");
    }

    @Test
    void theMostFrequentNumberFills() {
        assertEquals(2, load(Missing.MOST_FREQUENT).encoder().scalings().get(0).fill());
    }

    @Test
    void newRowsAreMatchedByName() {
        Encoder encoder = load(Missing.MEAN).encoder();
        TestFiles.write(folder.resolve("new"), "1.csv", "zip,more,colour,size\n9,x,blue,2\n");
        TestFiles.write(folder.resolve("new"), "2.csv", "zip,more,colour,size\n10,,red,3\n");
        DataOptions options = DataOptions.of(folder + "/new");
        List<EncodedRow> rows = DataLoader.loadForPrediction(SparkTest.session(), options, encoder)
                .rows()
                .collect();
        assertEquals(List.of(1L, 2L), rows.stream().map(EncodedRow::row).toList());
        assertArrayEquals(new float[] {0, 1, 0, 0, 1}, rows.get(0).inputs());
        assertArrayEquals(
                new float[] {(float) Math.sqrt(2), 0, 1, 1, 0}, rows.get(1).inputs(), 1e-6f);
    }

    @Test
    void newRowsThatDoNotFitAreToldOf() {
        Encoder encoder = load(Missing.MEAN).encoder();
        assertSays("data.path: no column \"size\" in new.csv; columns: colour, zip", "colour,zip\nred,9\n", encoder);
        assertSays(
                "new.csv row 2, column \"colour\": \"green\" is not among the categories the model knows (blue, red); "
                        + "correct its spelling, or set data.missing to mean or most_frequent to take it for a missing value",
                "size,colour,zip\n1,red,9\n1,green,9\n",
                encoder);
        assertSays(
                "new.csv row 1, column \"size\": \"big\" is not a number, which the model needs here",
                "size,colour,zip\nbig,red,9\n",
                encoder);
        assertSays("data.path: no rows in " + folder + "/new.csv", "size,colour,zip\n", encoder);
    }

    @Test
    void anUnknownCategoryIsNoneOfThemWhereMissingValuesMayBe() {
        Encoder encoder = load(Missing.MEAN).encoder();
        DataOptions defaults = DataOptions.of(TestFiles.write(folder, "new.csv", "size,colour,zip\n,green,\n"));
        DataOptions options = new DataOptions(
                defaults.path(),
                Format.AUTO,
                "",
                Task.AUTO,
                0,
                "",
                0,
                Standardising.COLUMNS,
                Missing.MEAN,
                List.of(),
                List.of(),
                defaults.missingValues(),
                100);
        EncodedRow row = DataLoader.loadForPrediction(SparkTest.session(), options, encoder)
                .rows()
                .first();
        assertArrayEquals(new float[] {0, 0, 0, 1, 0}, row.inputs());
    }

    private void assertSays(String sentence, String table, Encoder encoder) {
        DataOptions options = DataOptions.of(TestFiles.write(folder, "new.csv", table));
        UserError error = assertThrows(
                UserError.class, () -> DataLoader.loadForPrediction(SparkTest.session(), options, encoder));
        assertEquals(sentence, error.getMessage());
    }
}
