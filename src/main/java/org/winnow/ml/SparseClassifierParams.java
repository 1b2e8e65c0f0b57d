package org.winnow.ml;

import org.apache.spark.ml.param.Param;

/** Params of a {@link SparseClassifier} and of its model. */
public interface SparseClassifierParams extends SparsePredictorParams {
    /** Param for the column of what probabilities are made of. */
    default Param<String> rawPredictionCol() {
        return new Param<>(
                this,
                "rawPredictionCol",
                "Column of the network's answers before they become probabilities, vectors; empty: none");
    }

    default String getRawPredictionCol() {
        return getOrDefault(rawPredictionCol());
    }

    /** Param for the column of probabilities. */
    default Param<String> probabilityCol() {
        return new Param<>(this, "probabilityCol", "Column of the probabilities of the classes, vectors; empty: none");
    }

    default String getProbabilityCol() {
        return getOrDefault(probabilityCol());
    }

    /** Sets the defaults. */
    default void setClassifierDefaults() {
        setPredictorDefaults();
        Settings.setDefault(this, rawPredictionCol(), "rawPrediction");
        Settings.setDefault(this, probabilityCol(), "probability");
    }
}
