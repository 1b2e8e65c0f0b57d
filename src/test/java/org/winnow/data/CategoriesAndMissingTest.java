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
                        + "correct its spelling, or set data.missing to mean or most_frequent to predict as if it were none of them",
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
        DataLoader.Unlabelled data = DataLoader.loadForPrediction(SparkTest.session(), options, encoder);
        assertArrayEquals(new float[] {0, 0, 0, 1, 0}, data.rows().first().inputs());
        TestFiles.write(folder, "new.csv", "size,colour,zip\n1,red,9\n1,Red,8\n2,green,9\n");
        assertEquals(
                List.of(
                        "new.csv row 2, column \"colour\": \"Red\" is not among the categories the model knows (blue, red),"
                                + " though \"red\" is; 2 of 3 rows have such a category, and are predicted as if they had"
                                + " none of those",
                        "new.csv row 2, column \"zip\": \"8\" is not among the categories the model knows (10, 9); 1 of 3"
                                + " rows have such a category, and are predicted as if they had none of those"),
                DataLoader.loadForPrediction(SparkTest.session(), options, encoder)
                        .warnings());
    }

    @Test
    void whatIsTrueOrFalseIsKnownHoweverItIsSpelled() {
        String training = "t,x,label\nTRUE,1,1.5\nFALSE,2,2.5\nTRUE,3,2\nFALSE,5,1\n";
        LoadedData data = DataLoader.load(
                SparkTest.session(), DataOptions.of(TestFiles.write(folder, "train.csv", training)), 1, 1);
        data.shards().unpersist();
        String parquet = folder + "/new.parquet";
        SparkTest.session()
                .sql("select true as t, 1 as x union all select false, 2")
                .coalesce(1)
                .write()
                .parquet(parquet);
        List<EncodedRow> rows = DataLoader.loadForPrediction(
                        SparkTest.session(),
                        DataOptions.of(parquet),
                        data.encoder().keep(List.of(0)))
                .rows()
                .collect();
        assertArrayEquals(new float[] {0, 1}, rows.get(0).inputs());
        assertArrayEquals(new float[] {1, 0}, rows.get(1).inputs());
        assertSays(
                "new.csv row 1, column \"size\": \"TRUE\" is not a number, which the model needs here; write 1 for true and"
                        + " 0 for false, as Parquet's booleans are read",
                "size,colour,zip\nTRUE,red,9\n",
                load(Missing.MEAN).encoder());
    }

    private void assertSays(String sentence, String table, Encoder encoder) {
        DataOptions options = DataOptions.of(TestFiles.write(folder, "new.csv", table));
        UserError error = assertThrows(
                UserError.class, () -> DataLoader.loadForPrediction(SparkTest.session(), options, encoder));
        assertEquals(sentence, error.getMessage());
    }
}
