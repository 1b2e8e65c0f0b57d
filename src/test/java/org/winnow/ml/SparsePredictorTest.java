package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.check.UserError;
import org.winnow.prune.Method;

class SparsePredictorTest {
    /** For every param of both estimators a value that is not its default. */
    private static final Map<String, Object> OTHERS = Map.ofEntries(
            Map.entry("ablate", "random"),
            Map.entry("ablateRepeats", 3),
            Map.entry("activation", "tanh"),
            Map.entry("allowEmpty", true),
            Map.entry("averagingFrequency", 7),
            Map.entry("batchSize", 11),
            Map.entry("complex", true),
            Map.entry("denseEpochs", 4),
            Map.entry("denseLearningRate", 0.25),
            Map.entry("denseLearningRateSchedule", new String[] {"0:1", "4:0"}),
            Map.entry("epochs", 3),
            Map.entry("evaluateEvery", 4),
            Map.entry("featuresCol", "f"),
            Map.entry("finetuneAll", true),
            Map.entry("finetuneEpochs", 5),
            Map.entry("finetuneLearningRate", 0.5),
            Map.entry("finetuneLearningRateSchedule", new String[] {"0:1", "5:0"}),
            Map.entry("handleInvalid", "skip"),
            Map.entry("image", new int[] {1, 2, 2}),
            Map.entry("initial", new String[] {"fc1:-5"}),
            Map.entry("labelCol", "l"),
            Map.entry("layerMethods", "{ard = [out]}"),
            Map.entry("layerRegWeights", new String[] {"out:2"}),
            Map.entry("layerThresholds", new String[] {"out:1"}),
            Map.entry("layers", new String[] {"conv 2 2", "5"}),
            Map.entry("learningRate", 0.02),
            Map.entry("learningRateSchedule", new String[] {"0:1", "3:0.5"}),
            Map.entry("method", "hard_concrete"),
            Map.entry("pace", "cubic"),
            Map.entry("patience", 2),
            Map.entry("penaltySchedule", new String[] {"0:0", "3:1"}),
            Map.entry("predictionCol", "p"),
            Map.entry("prunedLayers", new String[] {"fc1"}),
            Map.entry("pruneThresholds", new double[] {0.25, 0.5}),
            Map.entry("regWeight", 0.125),
            Map.entry("rewindEpoch", 2),
            Map.entry("searchBy", "reg_weight"),
            Map.entry("searchTries", 4),
            Map.entry("seed", 1L << 40),
            Map.entry("shards", 3),
            Map.entry("standardise", "none"),
            Map.entry("steps", 2),
            Map.entry("targetMetricDrop", 0.01),
            Map.entry("targetSparsity", 0.75),
            Map.entry("temperatureFactor", 4.0),
            Map.entry("testFraction", 0.125),
            Map.entry("unit", "neuron"),
            Map.entry("weightCol", "w"));

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        SparkTest.session();
    }

    private static <S> S quick(SparsePredictorSetters<S> estimator) {
        estimator.setLayers("8");
        estimator.setDenseEpochs(20);
        estimator.setDenseLearningRate(0.02);
        estimator.setFinetuneEpochs(2);
        estimator.setEpochs(10);
        estimator.setShards(1);
        return estimator.setRegWeight(0.1);
    }

    private static SparseClassifier classifier() {
        return quick(new SparseClassifier());
    }

    private static SparseRegressor regressor() {
        return quick(new SparseRegressor()).setLabelCol("number");
    }

    private String path(String name) {
        return dir.resolve(name).toString();
    }

    private static double accuracy(Dataset<Row> answers) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(answers);
    }

    private static List<String> values(Dataset<Row> table, String... columns) {
        return table.selectExpr(columns).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    @Test
    void aClassifierAnswersWithPredictionsAndProbabilities() {
        Dataset<Row> rows = Data.rows(160, false);
        SparseClassifierModel model = classifier().setTestFraction(0.25).fit(rows);
        Dataset<Row> answers = model.transform(rows);
        assertEquals(model.transformSchema(rows.schema()), answers.schema());
        assertTrue(accuracy(answers) > 0.9, model.summary());
        for (Row row : answers.collectAsList()) {
            Vector raw = row.getAs("rawPrediction");
            Vector probability = row.getAs("probability");
            double sum = Math.exp(raw.apply(0)) + Math.exp(raw.apply(1));
            assertEquals(Math.exp(raw.apply(1)) / sum, probability.apply(1), 1e-6);
            assertEquals(probability.argmax(), row.<Double>getAs("prediction"));
        }
        NominalAttribute classes =
                (NominalAttribute) Attribute.fromStructField(answers.schema().apply("prediction"));
        assertEquals(2, classes.getNumValues().get());
        assertEquals(2, model.numClasses());
        assertEquals(4, model.numFeatures());
        assertTrue(model.summary().contains("weights, compression"), model.summary());
        assertEquals(List.of("[fc1]", "[out]"), values(model.relevance(), "layer"));
        assertEquals(List.of("[fc1,weight]", "[out,weight]"), values(model.masks(), "layer", "parameter"));
        assertEquals(List.of("[prune,vd,done]"), values(model.trials(), "job", "method", "status"));
        assertEquals(0, model.gates().count());
        assertEquals(0, model.ablations().count());
    }

    @Test
    void columnsWithoutANameAreLeftOut() {
        Dataset<Row> rows = Data.rows(40, false);
        SparseClassifierModel model = classifier()
                .setEpochs(1)
                .setRawPredictionCol("")
                .setProbabilityCol("p")
                .setPredictionCol("")
                .fit(rows);
        assertArrayEquals(
                new String[] {"id", "features", "label", "number", "weight", "p"},
                model.transform(rows).columns());
        SparseRegressorModel none =
                regressor().setEpochs(1).setPredictionCol("").fit(rows);
        assertEquals(List.of(rows.columns()), List.of(none.transform(rows).columns()));
    }

    @Test
    void aRegressorAnswersInUnitsOfTheLabel() {
        Dataset<Row> rows = Data.rows(160, true).withColumn("number", functions.expr("1000 + 50 * number"));
        SparseRegressorModel model =
                regressor().setDenseEpochs(60).setTestFraction(0.25).fit(rows);
        Dataset<Row> answers = model.transform(rows);
        assertEquals(model.transformSchema(rows.schema()), answers.schema());
        double r2 = new RegressionEvaluator()
                .setLabelCol("number")
                .setMetricName("r2")
                .evaluate(answers);
        assertTrue(r2 > 0.9, r2 + model.summary());
        assertTrue(model.summary().contains("held-out mse"), model.summary());
        assertTrue(IntStream.of(model.usedFeatures()).anyMatch(place -> place == 1));
    }

    @Test
    void anyMethodLearnsAndThoseWithGatesShowThem() {
        Dataset<Row> rows = Data.rows(60, false);
        for (Method method : Method.values()) {
            String name = method.name().toLowerCase(Locale.ROOT);
            SparseClassifierModel model = classifier()
                    .setMethod(name)
                    .setAllowEmpty(true)
                    .setDenseEpochs(5)
                    .setEpochs(2)
                    .setFinetuneEpochs(1)
                    .fit(rows);
            assertEquals(name, model.trials().first().getAs("method"));
            assertEquals(60, model.transform(rows).count(), name);
            long expected = switch (method) {
                case HARD_CONCRETE, CONTINUOUS, GAUSSIAN, L0 -> 4 * 8 + 8 * 2;
                default -> 0;
            };
            assertEquals(expected, model.gates().count(), name);
            assertEquals(
                    model.gates().filter("selected").count(),
                    expected == 0
                            ? 0
                            : model.masks().agg(functions.sum("kept")).first().getLong(0),
                    name);
            assertEquals(0, model.gates().filter("value < 0 or value > 1").count(), name);
        }
    }

    @Test
    void everyParamComesBackWithAnotherValue() throws IOException {
        Map<String, Object> classifiers = new HashMap<>(OTHERS);
        classifiers.put("rawPredictionCol", "r");
        classifiers.put("probabilityCol", "q");
        RoundTrips.check(new SparseClassifier(), SparseClassifier.read(), classifiers, dir.resolve("classifier"));
        RoundTrips.check(new SparseRegressor(), SparseRegressor.read(), OTHERS, dir.resolve("regressor"));
        Dataset<Row> rows = Data.rows(40, false);
        SparseClassifierModel model =
                classifier().setMethod("l0").setEpochs(1).setAllowEmpty(true).fit(rows);
        RoundTrips.check(model.copy(new ParamMap()), SparseClassifierModel.read(), classifiers, dir.resolve("model"));
        SparseClassifierModel back = SparseClassifierModel.load(path("model"));
        assertEquals(model.summary(), back.summary());
        for (List<Dataset<Row>> tables : List.of(
                List.of(model.gates(), back.gates()),
                List.of(model.masks(), back.masks()),
                List.of(model.relevance(), back.relevance()),
                List.of(model.ablations(), back.ablations()),
                List.of(model.trials(), back.trials()))) {
            assertEquals(values(tables.get(0), "*"), values(tables.get(1), "*"));
        }
        SparseRegressorModel number = regressor().setEpochs(1).fit(rows);
        RoundTrips.check(number.copy(new ParamMap()), SparseRegressorModel.read(), OTHERS, dir.resolve("number"));
        assertEquals(number.summary(), SparseRegressorModel.load(path("number")).summary());
    }

    @Test
    void brokenModelsAreAnsweredInWords() throws IOException {
        classifier().setEpochs(1).fit(Data.rows(40, false)).write().save(path("model"));
        Path part = dir.resolve("model/metadata/part-00000");
        String metadata = Files.readString(part);
        Files.deleteIfExists(dir.resolve("model/metadata/.part-00000.crc"));
        Files.writeString(part, metadata.replace("\"winnowSchemaVersion\":1", "\"winnowSchemaVersion\":2"));
        assertSays(
                path("model") + ": winnowSchemaVersion must be 1, got 2; it was written by another version",
                () -> SparseClassifierModel.load(path("model")));
        Files.writeString(part, metadata);
        regressor().setEpochs(1).fit(Data.rows(40, false)).write().save(path("other"));
        // Checksums are there unless a job of the same JVM has switched them off.
        Files.deleteIfExists(dir.resolve("model/.network.safetensors.crc"));
        Files.copy(
                dir.resolve("other/network.safetensors"),
                dir.resolve("model/network.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        assertSays(
                path("model") + ": its files belong to different models",
                () -> SparseClassifierModel.load(path("model")));
        Files.write(dir.resolve("model/network.safetensors"), new byte[20]);
        assertSays(
                path("model") + "/network.safetensors is no safetensors file",
                () -> SparseClassifierModel.load(path("model")));
    }

    @Test
    void wrongColumnsAndSettingsAreNamed() {
        Dataset<Row> rows = Data.rows(40, false);
        assertSays(
                "featuresCol: column \"label\" must hold vectors, got double",
                () -> classifier().setFeaturesCol("label").fit(rows));
        assertSays(
                "labelCol: no column \"y\"; columns: id, features",
                () -> regressor().setLabelCol("y").transformSchema(rows.schema()));
        assertSays(
                "probabilityCol: there is a column \"number\" already",
                () -> classifier().setProbabilityCol("number").fit(rows));
        assertSays(
                "labelCol: column \"label\" must hold classes 0, 1, …, at least 2",
                () -> classifier().fit(rows.withColumn("label", functions.lit(0))));
        assertSays(
                "dataset row 2, column \"number\": a class must be a whole number",
                () -> classifier()
                        .setLabelCol("number")
                        .fit(rows.withColumn("number", functions.expr("if(id = 1, 0.5D, 3D)"))));
        assertSays(
                "targetMetricDrop must be -1",
                () -> classifier()
                        .setTargetSparsity(0.5)
                        .setTargetMetricDrop(0.1)
                        .fit(rows));
        assertSays(
                "testFraction must hold out rows for a search",
                () -> classifier().setTargetSparsity(0.5).fit(rows));
        assertSays(
                "prunedLayers: no layer that can be made sparse is called fc9",
                () -> classifier().setPrunedLayers("fc9").fit(rows));
        assertSays(
                "layers must be a list of UNITS",
                () -> classifier().setLayers("x").fit(rows));
        assertThrows(IllegalArgumentException.class, () -> classifier().setMethod("luck"));
    }

    private static void assertSays(String start, Executable work) {
        UserError error = assertThrows(UserError.class, work);
        assertTrue(error.getMessage().startsWith(start), error.getMessage());
    }

    @Test
    void invalidRowsAreRefusedSkippedOrFilled() {
        Row row = RowFactory.create(99L, Vectors.dense(0, Double.NaN, 0, 0), 1.0, 1.0, 1.0);
        Dataset<Row> some = SparkTest.session().createDataFrame(List.of(row), Data.schema());
        Dataset<Row> rows = Data.rows(40, false).unionByName(some);
        UserError error = assertThrows(UserError.class, () -> classifier().fit(rows));
        assertTrue(error.getMessage().contains("got NaN for b"), error.getMessage());
        SparseClassifierModel model =
                classifier().setEpochs(1).setHandleInvalid("skip").fit(rows);
        assertEquals(0, model.transform(some).count());
        assertEquals(40, model.transform(rows).count());
        Vector filled = model.setHandleInvalid("keep").transform(some).first().getAs("probability");
        assertTrue(Double.isFinite(filled.apply(0)));
        model.setHandleInvalid("error");
        Exception refused =
                assertThrows(Exception.class, () -> model.transform(some).collect());
        assertTrue(String.valueOf(refused.getCause()).contains("numbers must be finite"));
    }

    @Test
    void weightsAndSeedsCountAndSparseVectorsDoNot() {
        Dataset<Row> rows = Data.rows(60, false);
        List<String> first = values(classifier().fit(rows).transform(rows), "probability");
        assertEquals(first, values(classifier().fit(Data.rows(60, true)).transform(rows), "probability"));
        assertTrue(!first.equals(values(classifier().setSeed(2).fit(rows).transform(rows), "probability")));
        assertTrue(!first.equals(
                values(classifier().setWeightCol("weight").fit(rows).transform(rows), "probability")));
    }

    @Test
    void searchesAndAblationsHaveTables() {
        SparseClassifierModel model = classifier()
                .setTestFraction(0.25)
                .setTargetSparsity(0.5)
                .setSearchTries(3)
                .setAblate("randomly_sampled")
                .setAblateRepeats(2)
                .fit(Data.rows(80, false));
        assertEquals(List.of("[tried]", "[tried]", "[tried]", "[done]"), values(model.trials(), "status"));
        assertEquals(
                List.of("[false]"),
                values(model.trials(), "params['pruneThresholds'] is null").stream()
                        .distinct()
                        .toList());
        assertEquals(
                List.of("[true]"),
                values(model.trials(), "params['prune.thresholds'] is null").stream()
                        .distinct()
                        .toList());
        assertEquals(3, model.ablations().count());
    }

    @Test
    void pipelinesAreTunedSavedAndLoaded() throws IOException {
        Dataset<Row> rows = Data.rows(80, false);
        SparseClassifier sparse = classifier().setFeaturesCol("kept").setEpochs(3);
        StochasticGateSelector selector = new StochasticGateSelector()
                .setOutputCol("kept")
                .setEpochs(5)
                .setHidden(8)
                .setShards(1)
                .setTopK(2);
        ParamMap[] prices = new ParamGridBuilder()
                .addGrid(sparse.regWeight(), new double[] {0.05, 0.5})
                .build();
        CrossValidatorModel tuned = new CrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {selector, sparse}))
                .setEstimatorParamMaps(prices)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                .setNumFolds(2)
                .setSeed(1)
                .fit(rows);
        PipelineModel best = (PipelineModel) tuned.bestModel();
        best.write().save(path("pipeline"));
        assertEquals(
                values(best.transform(rows), "probability"),
                values(PipelineModel.load(path("pipeline")).transform(rows), "probability"));
        tuned.write().save(path("tuned"));
        assertEquals(2, CrossValidatorModel.load(path("tuned")).avgMetrics().length);
        SparseClassifier copy =
                sparse.copy(new ParamMap().put(sparse.regWeight().w(0.75)));
        assertEquals(0.75, copy.getRegWeight());
        assertEquals(0.1, sparse.getRegWeight());
    }
}
