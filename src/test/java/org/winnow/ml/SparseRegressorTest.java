package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.ml.Faults.assertSays;
import static org.winnow.ml.Predictors.regressor;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;

class SparseRegressorTest {
    @BeforeAll
    static void start() {
        SparkTest.session();
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
    void oneVectorIsPredictedAsRowsAre() {
        Dataset<Row> rows = Data.rows(40, false);
        SparseRegressorModel model = regressor().setEpochs(1).fit(rows);
        for (Row row : model.transform(rows).collectAsList()) {
            assertEquals(row.<Double>getAs("prediction"), model.predict(row.getAs("features")));
        }
    }

    @Test
    void aColumnWithoutANameIsLeftOut() {
        Dataset<Row> rows = Data.rows(40, false);
        SparseRegressorModel model =
                regressor().setEpochs(1).setPredictionCol("").fit(rows);
        assertEquals(List.of(rows.columns()), List.of(model.transform(rows).columns()));
    }

    @Test
    void wrongColumnsAreNamed() {
        Dataset<Row> rows = Data.rows(10, false);
        assertSays(
                "labelCol: no column \"y\"; columns: id, features",
                () -> regressor().setLabelCol("y").transformSchema(rows.schema()));
    }
}
