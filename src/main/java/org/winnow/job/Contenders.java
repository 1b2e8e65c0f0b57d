package org.winnow.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.UnivariateFeatureSelector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.winnow.ml.StochasticGateSelector;

/** The selectors that are compared; each has the same settings to choose from on all data. */
final class Contenders {
    /** Rows that the network sees before it has to be done; fewer where there are few. */
    private static final long ROWS_SEEN = 400_000;

    private static final int MOST_EPOCHS = 200;

    private Contenders() {}

    /** All that can run here. */
    static List<Contender> all(long seed) {
        List<Contender> all = new ArrayList<>();
        all.add(new Contender("StochasticGateSelector", List.of(byDefault(seed), narrow(seed))));
        all.add(new Contender("UnivariateFeatureSelector", List.of(Contenders::univariate)));
        all.add(new Contender("L1", List.of(lasso(0.003), lasso(0.01), lasso(0.03))));
        if (XgboostImportances.available()) {
            all.add(new Contender(
                    "XGBoost4J-Spark",
                    List.of(new XgboostImportances("gain", seed), new XgboostImportances("total_gain", seed))));
        }
        return List.copyOf(all);
    }

    private static Contender.Setting byDefault(long seed) {
        return (rows, classes, k) -> gates(rows, classes, k, seed, new StochasticGateSelector());
    }

    /** Little noise and a price that comes late: for labels that say nothing until several features are seen together. */
    private static Contender.Setting narrow(long seed) {
        return (rows, classes, k) -> gates(
                rows,
                classes,
                k,
                seed,
                new StochasticGateSelector()
                        .setStd(0.2)
                        .setRegWeight(0.02)
                        .setPenaltySchedule("10:0", "15:1")
                        .setBatchSize(64)
                        .setLearningRate(0.005));
    }

    private static int[] gates(Dataset<Row> rows, boolean classes, int k, long seed, StochasticGateSelector selector) {
        int epochs = Math.toIntExact(Math.min(MOST_EPOCHS, 1 + ROWS_SEEN / rows.count()));
        return selector.setTask(classes ? "classification" : "regression")
                .setTopK(k)
                .setEpochs(epochs)
                .setSeed(seed)
                .fit(rows)
                .selectedFeatures();
    }

    private static int[] univariate(Dataset<Row> rows, boolean classes, int k) {
        return new UnivariateFeatureSelector()
                .setFeatureType("continuous")
                .setLabelType(classes ? "categorical" : "continuous")
                .setSelectionMode("numTopFeatures")
                .setSelectionThreshold(k)
                .fit(rows)
                .selectedFeatures();
    }

    private static Contender.Setting lasso(double price) {
        return (rows, classes, k) ->
                Contender.largest(magnitudes(classes ? logistic(rows, price) : linear(rows, price)), k);
    }

    private static Vector logistic(Dataset<Row> rows, double price) {
        return new LogisticRegression()
                .setElasticNetParam(1)
                .setRegParam(price)
                .fit(rows)
                .coefficients();
    }

    private static Vector linear(Dataset<Row> rows, double price) {
        return new LinearRegression()
                .setElasticNetParam(1)
                .setRegParam(price)
                .fit(rows)
                .coefficients();
    }

    private static double[] magnitudes(Vector coefficients) {
        double[] magnitudes = coefficients.toArray().clone();
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(magnitudes[i]);
        }
        return magnitudes;
    }
}
