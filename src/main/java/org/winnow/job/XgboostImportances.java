package org.winnow.job;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * Features by their importance in XGBoost's trees. Its jar is no dependency of this project; where it is on the class path,
 * it is found by name.
 *
 * @param importance which of its kinds counts
 * @param seed of its draws
 */
record XgboostImportances(String importance, long seed) implements Contender.Setting {
    private static final String PACKAGE = "ml.dmlc.xgboost4j.scala.spark.";
    private static final int ROUNDS = 100;

    /** Whether it is on the class path. */
    static boolean available() {
        try {
            load("XGBoostClassifier");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public int[] select(Dataset<Row> rows, boolean classes, int k) {
        int width = rows.first().<Vector>getAs("features").size();
        try {
            return Contender.largest(scores(fit(rows, classes), width), k);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this XGBoost4J-Spark is not the one that is expected", e);
        }
    }

    private Object fit(Dataset<Row> rows, boolean classes) throws ReflectiveOperationException {
        Class<?> type = load(classes ? "XGBoostClassifier" : "XGBoostRegressor");
        Estimator<?> trees = (Estimator<?>) type.getConstructor().newInstance();
        trees.set(trees.getParam("numRound"), ROUNDS);
        trees.set(trees.getParam("numWorkers"), 1);
        trees.set(trees.getParam("seed"), seed);
        // Its barrier stage refuses rows that were coalesced; a shuffle comes between.
        return trees.fit(rows.repartition(1));
    }

    /** Features that no tree asks about have no score. */
    private double[] scores(Object model, int width) throws ReflectiveOperationException {
        Object booster = model.getClass().getMethod("nativeBooster").invoke(model);
        Object scored = booster.getClass()
                .getMethod("getScore", String.class, String.class)
                .invoke(booster, "", importance);
        double[] scores = new double[width];
        Iterator<?> each = ((scala.collection.Map<?, ?>) scored).iterator();
        while (each.hasNext()) {
            Tuple2<?, ?> score = (Tuple2<?, ?>) each.next();
            scores[Integer.parseInt(String.valueOf(score._1()).substring(1))] = ((Number) score._2()).doubleValue();
        }
        return scores;
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, true, Thread.currentThread().getContextClassLoader());
    }
}
