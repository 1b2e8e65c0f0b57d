package org.winnow.ml;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sparse networks for tests: small, and trained for a few epochs on {@link Data}. */
final class Predictors {
    private Predictors() {}

    static SparseClassifier classifier() {
        return quick(new SparseClassifier());
    }

    static SparseRegressor regressor() {
        return quick(new SparseRegressor()).setLabelCol("number");
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

    /** Expressions of a table's columns, a text for each row. */
    static List<String> values(Dataset<Row> table, String... columns) {
        return table.selectExpr(columns).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
