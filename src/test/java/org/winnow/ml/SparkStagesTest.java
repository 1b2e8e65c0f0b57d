package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.ml.Predictors.classifier;
import static org.winnow.ml.Predictors.regressor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;

/** Our classifier and regressor as Spark's own: of their types, and in stages that take those. */
class SparkStagesTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        SparkTest.session();
    }

    @Test
    void everyParamBelongsToItsStage() throws IOException, ClassNotFoundException {
        SparseClassifier named = new SparseClassifier("mine");
        SparseClassifier copied = named.copy(new ParamMap().put(named.labelCol(), "l"));
        assertEquals("mine", copied.uid());
        assertEquals("l", copied.getLabelCol());
        for (Params stage : List.of(named, copied, new SparseClassifier(), new SparseRegressor("other"), sent(named))) {
            for (Param<?> param : stage.params()) {
                assertEquals(stage.uid(), param.parent(), param.name());
            }
        }
        assertNotEquals(new SparseClassifier().uid(), new SparseClassifier().uid());
        assertEquals("prediction", new SparseRegressor().getPredictionCol());
    }

    @Test
    void stagesMadeByManyThreadsKeepTheirOwnNames() {
        List<String> names = IntStream.range(0, 200).mapToObj(i -> "stage" + i).toList();
        assertEquals(
                names,
                names.parallelStream()
                        .map(name -> new SparseClassifier(name).labelCol().parent())
                        .toList());
    }

    @Test
    void modelsAreOfSparksTypes() {
        Dataset<Row> rows = Data.rows(60, false);
        SparseClassifierModel model = classifier().fit(rows);
        assertInstanceOf(ProbabilisticClassifier.class, model.parent());
        ProbabilisticClassificationModel<Vector, SparseClassifierModel> asSparks = model;
        Vector one = rows.first().getAs("features");
        assertEquals(model.predictProbability(one), asSparks.raw2probability(asSparks.predictRaw(one)));
        assertEquals(
                1, Arrays.stream(asSparks.predictProbability(one).toArray()).sum(), 1e-6);
        asSparks.setThresholds(new double[] {1e-9, 1});
        assertEquals(0, asSparks.predict(one), "thresholds count");
        assertEquals(
                asSparks.predict(one),
                asSparks.raw2prediction(asSparks.predictRaw(one)),
                "Spark decides in the same way");
        assertInstanceOf(Regressor.class, new SparseRegressor());
        RegressionModel<Vector, SparseRegressorModel> number =
                regressor().setEpochs(1).fit(rows);
        assertEquals(number.transform(rows).first().<Double>getAs("prediction"), number.predict(one));
    }

    @Test
    void oneAgainstTheRestTakesIt() throws IOException {
        Dataset<Row> rows = Data.rows(240, false)
                .drop("label")
                .selectExpr(
                        "id",
                        "features",
                        "double(case when number < -1 then 0 when number < 1 then 1 else 2 end) label");
        OneVsRestModel model = new OneVsRest().setClassifier(classifier()).fit(rows);
        assertEquals(3, model.models().length);
        ClassificationModel<?, ?> first = model.models()[0];
        assertEquals(2, assertInstanceOf(SparseClassifierModel.class, first).numClasses());
        Dataset<Row> answers = model.transform(rows);
        double accuracy = new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(answers);
        assertTrue(accuracy > 0.75, "accuracy " + accuracy);
        model.write().overwrite().save(folder.toString());
        assertEquals(
                answers.select("prediction").collectAsList(),
                OneVsRestModel.load(folder.toString())
                        .transform(rows)
                        .select("prediction")
                        .collectAsList());
        assertThrows(
                IllegalArgumentException.class,
                () -> new OneVsRest()
                        .setClassifier(classifier().setEpochs(1))
                        .setLabelCol("nothing")
                        .fit(rows));
    }

    /** A stage as another JVM gets it. */
    private static Params sent(Params stage) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(stage);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Params) in.readObject();
        }
    }
}
