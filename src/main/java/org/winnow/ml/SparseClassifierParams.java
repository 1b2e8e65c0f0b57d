package org.winnow.ml;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;

/** Params of a {@link SparseClassifier} and of its model; those of their outputs are those of Spark's own classifiers. */
public interface SparseClassifierParams extends SparsePredictorParams {
    /** Param for the column of the network's answers before they become probabilities, vectors; empty: none. */
    Param<String> rawPredictionCol();

    String getRawPredictionCol();

    /** Param for the column of the probabilities of the classes, vectors; empty: none. */
    Param<String> probabilityCol();

    String getProbabilityCol();

    /** Param for what the probability of each class is divided by before the largest is predicted. */
    DoubleArrayParam thresholds();

    double[] getThresholds();

    /** Sets the defaults. */
    default void setClassifierDefaults() {
        setPredictorDefaults();
        Settings.setDefault(this, rawPredictionCol(), "rawPrediction");
        Settings.setDefault(this, probabilityCol(), "probability");
    }
}
