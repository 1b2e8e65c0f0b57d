package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.ml.Faults.assertSays;
import static org.winnow.ml.Predictors.classifier;
import static org.winnow.ml.Predictors.values;

import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.prune.Method;

class SparseClassifierTest {
    @BeforeAll
    static void start() {
        SparkTest.session();
    }

    private static double accuracy(Dataset<Row> answers) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(answers);
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
    void wrongColumnsAndSettingsAreNamed() {
        Dataset<Row> rows = Data.rows(40, false);
        assertSays(
                "featuresCol: column \"label\" must hold vectors, got double",
                () -> classifier().setFeaturesCol("label").fit(rows));
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

    @Test
    void oneVectorIsPredictedAsRowsAre() {
        Dataset<Row> rows = Data.rows(40, false);
        SparseClassifierModel model = classifier().fit(rows);
        for (Row row : model.transform(rows).collectAsList()) {
            Vector features = row.getAs("features");
            assertEquals(row.getAs("rawPrediction"), model.predictRaw(features));
            assertEquals(row.getAs("probability"), model.predictProbability(features));
            assertEquals(row.<Double>getAs("prediction"), model.predict(features));
        }
        assertSays(
                "column \"features\": a vector must have 4 numbers, got 1",
                () -> model.predict(Vectors.dense(new double[] {1})));
    }

    @Test
    void thresholdsDecideAsInSparksOwnClassifiers() {
        Dataset<Row> rows = Data.rows(60, false);
        SparseClassifierModel model =
                classifier().setThresholds(new double[] {1, 0}).fit(rows);
        assertEquals(60, model.transform(rows).filter("prediction = 1").count());
        model.setThresholds(new double[] {0.9, 0.1});
        for (Row row : model.transform(rows).collectAsList()) {
            Vector probability = row.getAs("probability");
            double expected = probability.apply(1) / 0.1 > probability.apply(0) / 0.9 ? 1 : 0;
            assertEquals(expected, row.<Double>getAs("prediction"));
            assertEquals(expected, model.predict(row.getAs("features")));
        }
        double[] one = {0.5};
        assertThrows(IllegalArgumentException.class, () -> model.setThresholds(one));
        assertSays(
                "thresholds must be one for each of 2 classes, got [0.5]",
                () -> model.copy(new ParamMap().put(model.thresholds(), one)).transform(rows));
        assertThrows(IllegalArgumentException.class, () -> classifier().setThresholds(new double[] {0, 0}));
    }

    @Test
    void aLayerThatLosesItsWeightsDoesNotEndASearch() {
        Dataset<Row> rows = Data.rows(40, false);
        SparseClassifier empty = classifier().setMethod("magnitude").setPruneThresholds(1);
        assertEquals(
                1,
                empty.fit(rows).transform(rows).select("prediction").distinct().count());
        assertSays(
                "pruneThresholds: at 1.0, layer fc1 loses all of its 32 weights",
                () -> empty.setAllowEmpty(false).fit(rows));
    }

    @Test
    void invalidRowsAreRefusedSkippedOrFilled() {
        Dataset<Row> some = Data.invalidRow();
        Dataset<Row> rows = Data.rows(40, false).unionByName(some);
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> classifier().fit(rows));
        assertTrue(String.valueOf(error.getMessage()).contains("got NaN for b"), error.getMessage());
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
        assertNotEquals(first, values(classifier().setSeed(2).fit(rows).transform(rows), "probability"));
        assertNotEquals(
                first, values(classifier().setWeightCol("weight").fit(rows).transform(rows), "probability"));
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
                List.of("[false,true]"),
                values(model.trials(), "params['pruneThresholds'] is null", "params['prune.thresholds'] is null")
                        .stream()
                        .distinct()
                        .toList(),
                "params have the names of params, not of the job's keys");
        assertEquals(3, model.ablations().count());
    }
}
