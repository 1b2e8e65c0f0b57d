package org.winnow.ml;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.ml.Faults.assertSays;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;

class StochasticGateSelectorTest {
    private static final Map<String, Object> OTHERS = RoundTrips.withTraining(Map.ofEntries(
            Map.entry("distribution", "binary_concrete"),
            Map.entry("fdr", 0.25),
            Map.entry("groups", "{ab = [a, b], cd = [c, d]}"),
            Map.entry("hidden", new int[] {5}),
            Map.entry("lowerBound", -0.2),
            Map.entry("onEmpty", "error"),
            Map.entry("outputCol", "o"),
            Map.entry("regReduction", "mean"),
            Map.entry("regWeight", 0.125),
            Map.entry("selectBy", "gates"),
            Map.entry("std", 0.75),
            Map.entry("task", "regression"),
            Map.entry("temperature", 0.5),
            Map.entry("temperatureSchedule", new String[] {"0:1", "3:0.5"}),
            Map.entry("threshold", 0.25),
            Map.entry("topK", 2),
            Map.entry("upperBound", 1.5)));

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        SparkTest.session();
    }

    private static StochasticGateSelector quick() {
        return new StochasticGateSelector()
                .setOutputCol("kept")
                .setEpochs(20)
                .setHidden(8)
                .setShards(1)
                .setLearningRate(0.02)
                .setTopK(1);
    }

    private String path(String name) {
        return dir.resolve(name).toString();
    }

    @Test
    void keepsTheFeatureThatMattersWithItsName() {
        Dataset<Row> rows = Data.rows(120, false);
        StochasticGateSelectorModel model = quick().fit(rows);
        assertArrayEquals(new int[] {1}, model.selectedFeatures());
        assertEquals(4, model.numFeatures());
        Dataset<Row> kept = model.transform(rows);
        assertEquals(
                "b",
                AttributeGroup.fromStructField(kept.schema().apply("kept"))
                        .getAttr(0)
                        .name()
                        .get());
        assertEquals(
                model.transformSchema(rows.schema()).apply("kept"),
                kept.schema().apply("kept"));
        Row first = kept.first();
        Vector all = first.getAs("features");
        assertArrayEquals(
                new double[] {all.apply(1)}, first.<Vector>getAs("kept").toArray());
        assertEquals(4, model.gates().count());
        assertEquals("b", model.gates().orderBy("rank").first().getAs("name"));
        assertEquals(1, model.trials().count());
        assertTrue(model.summary().contains("kept 1 of 4 features"), model.summary());
    }

    @Test
    void sparseVectorsGiveTheSameAndStaySparse() {
        StochasticGateSelectorModel dense = quick().setTopK(3).fit(Data.rows(60, false));
        Dataset<Row> rows = Data.rows(60, true);
        StochasticGateSelectorModel sparse = quick().setTopK(3).fit(rows);
        assertEquals(values(dense), values(sparse));
        List<Row> kept = sparse.transform(rows).select("kept").collectAsList();
        assertInstanceOf(SparseVector.class, kept.get(0).get(0));
        assertEquals(
                dense.transform(Data.rows(60, false)).select("kept").collectAsList().stream()
                        .map(row -> List.of(((Vector) row.get(0)).toArray()[0], ((Vector) row.get(0)).toArray()[2]))
                        .toList(),
                kept.stream()
                        .map(row -> List.of(((Vector) row.get(0)).toArray()[0], ((Vector) row.get(0)).toArray()[2]))
                        .toList());
    }

    private static List<Double> values(StochasticGateSelectorModel model) {
        return model.gates().orderBy("gate").collectAsList().stream()
                .map(row -> row.<Double>getAs("raw_value"))
                .toList();
    }

    @Test
    void weightsCount() {
        // Rows of weight 0 say that a is what matters, and most of them do.
        Dataset<Row> rows = Data.rows(200, false)
                .withColumn("a", functions.element_at(vector_to_array(functions.col("features"), "float64"), 1))
                .withColumn("liar", functions.expr("id % 4 != 0"))
                .withColumn("label", functions.expr("if(liar, if(a > 0, 1.0D, 0.0D), label)"))
                .withColumn("weight", functions.expr("if(liar, 0.0D, 1.0D)"));
        assertArrayEquals(new int[] {0}, quick().fit(rows).selectedFeatures());
        assertArrayEquals(
                new int[] {1}, quick().setWeightCol("weight").fit(rows).selectedFeatures());
        IllegalArgumentException negative = assertThrows(
                IllegalArgumentException.class,
                () -> quick().setWeightCol("number").fit(rows));
        assertTrue(String.valueOf(negative.getMessage())
                .matches("dataset row \\d+, column \"number\": a weight must be at least 0.*"));
        Dataset<Row> none = rows.withColumn("weight", functions.lit(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> quick().setWeightCol("weight").fit(none));
    }

    @Test
    void everyParamComesBackWithAnotherValue() throws IOException {
        RoundTrips.check(new StochasticGateSelector(), StochasticGateSelector.read(), OTHERS, dir.resolve("estimator"));
        StochasticGateSelectorModel model = quick().setEpochs(1).fit(Data.rows(40, false));
        RoundTrips.check(model.copy(new ParamMap()), StochasticGateSelectorModel.read(), OTHERS, dir.resolve("model"));
        StochasticGateSelectorModel back = StochasticGateSelectorModel.load(path("model"));
        assertEquals(values(model), values(back));
        assertArrayEquals(model.selectedFeatures(), back.selectedFeatures());
        assertEquals(model.summary(), back.summary());
    }

    @Test
    void anotherSchemaVersionIsAnsweredInWords() throws IOException {
        quick().write().save(path("other"));
        Path part = dir.resolve("other/metadata/part-00000");
        Files.writeString(
                part, Files.readString(part).replace("\"winnowSchemaVersion\":2", "\"winnowSchemaVersion\":3"));
        Files.deleteIfExists(dir.resolve("other/metadata/.part-00000.crc"));
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> StochasticGateSelector.load(path("other")));
        assertTrue(String.valueOf(error.getMessage())
                .contains("winnowSchemaVersion must be 1 or 2, got 3; it was written by another version"));
    }

    @Test
    void wrongColumnsAreNamedWithTheirTypes() {
        Dataset<Row> rows = Data.rows(10, false);
        assertSays(
                "featuresCol: no column \"x\"; columns: id, features, label, number, weight",
                () -> quick().setFeaturesCol("x").transformSchema(rows.schema()));
        assertSays(
                "featuresCol: column \"label\" must hold vectors, got double",
                () -> quick().setFeaturesCol("label").fit(rows));
        assertSays(
                "labelCol: column \"features\" must hold numbers, got vector",
                () -> quick().setLabelCol("features").fit(rows));
        assertSays(
                "outputCol: there is a column \"label\" already",
                () -> quick().setOutputCol("label").fit(rows));
        assertSays(
                "topK must be at most the number of gates, 4, got 9",
                () -> quick().setTopK(9).fit(rows));
        assertSays(
                "labelCol: \"one\" is constant in dataset",
                () -> quick().setLabelCol("one").fit(rows.withColumn("one", functions.lit(1))));
        assertThrows(IllegalArgumentException.class, () -> quick().setStd(-1));
        StochasticGateSelectorModel model = quick().setEpochs(1).fit(rows);
        assertSays(
                "featuresCol: no column \"features\"; columns: id",
                () -> model.transformSchema(new StructType().add("id", DataTypes.LongType)));
    }

    @Test
    void invalidRowsAreRefusedSkippedOrKept() {
        Dataset<Row> rows = Data.rows(60, false).unionByName(Data.invalidRow());
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> quick().fit(rows));
        assertTrue(String.valueOf(error.getMessage()).contains("got NaN for b"), error.getMessage());
        StochasticGateSelectorModel skipping = quick().setHandleInvalid("skip").fit(rows);
        assertEquals(60, skipping.transform(rows).count());
        StochasticGateSelectorModel keeping = quick().setHandleInvalid("keep").fit(rows);
        assertEquals(61, keeping.transform(rows).count());
        assertArrayEquals(new int[] {1}, keeping.selectedFeatures());
    }

    @Test
    void pipelinesAreTunedSavedAndLoaded() throws IOException {
        Dataset<Row> rows = Data.rows(90, false);
        StochasticGateSelector selector = quick().setEpochs(10);
        LogisticRegression regression = new LogisticRegression().setFeaturesCol("kept");
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {selector, regression});
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(selector.topK(), new int[] {1, 2})
                .build();
        TrainValidationSplitModel tuned = new TrainValidationSplit()
                .setEstimator(pipeline)
                .setEvaluator(new MulticlassClassificationEvaluator())
                .setEstimatorParamMaps(grid)
                .setSeed(1)
                .fit(rows);
        PipelineModel best = (PipelineModel) tuned.bestModel();
        best.write().save(path("pipeline"));
        PipelineModel back = PipelineModel.load(path("pipeline"));
        assertEquals(
                best.transform(rows).select("probability").collectAsList(),
                back.transform(rows).select("probability").collectAsList());
        tuned.write().save(path("tuned"));
        assertEquals(2, TrainValidationSplitModel.load(path("tuned")).validationMetrics().length);
        try (Stream<Path> files = Files.walk(dir)) {
            assertFalse(files.anyMatch(file -> file.toString().matches(".*\\.(ser|bin|obj)")));
        }
    }

    @Test
    void aPriceThatNoFeatureIsWorthDoesNotEndASearch() {
        Dataset<Row> rows = Data.rows(60, false);
        StochasticGateSelector dear = quick().setTopK(0).setRegWeight(50).setLearningRate(0.1);
        StochasticGateSelectorModel model = dear.fit(rows);
        assertEquals(1, model.selectedFeatures().length);
        assertEquals(1, model.gates().filter("selected and rank = 1").count());
        assertEquals(1, model.trials().first().<Integer>getAs("kept"));
        assertSays(
                "no gate is above threshold 0.5: every feature was dropped; lower regWeight (50.0) or set topK",
                () -> dear.setOnEmpty("error").fit(rows));
    }

    @Test
    void listsThatAreNoneAreNamed() {
        assertSays(
                "groups must be lists by name, {size = [radius, area], rest = [texture]}, got {ab = [$a]}: ",
                () -> quick().setGroups("{ab = [$a]}").fit(Data.rows(40, false)));
    }

    @Test
    void copiesAreIndependent() {
        StochasticGateSelector one = quick();
        StochasticGateSelector two = one.copy(new ParamMap().put(one.regWeight().w(0.5)));
        assertEquals(0.5, two.getRegWeight());
        assertEquals(0.01, one.getRegWeight());
        assertEquals(one.uid(), two.uid());
        assertEquals(Settings.values(one).keySet(), Settings.values(two).keySet());
    }
}
