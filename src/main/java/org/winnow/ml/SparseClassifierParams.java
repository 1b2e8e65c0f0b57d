package org.winnow.ml;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;
import scala.Function1;

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

    /** Param for what the probability of each class is divided by before the largest is predicted. */
    default DoubleArrayParam thresholds() {
        Function1<double[], Object> valid = (Function1<double[], Object> & Serializable) all -> Arrays.stream(all)
                        .allMatch(threshold -> threshold >= 0)
                && Arrays.stream(all).filter(threshold -> threshold == 0).count() <= 1;
        return new DoubleArrayParam(
                this,
                "thresholds",
                "Numbers that probabilities are divided by, one for each class, of which the largest quotient is predicted:"
                        + " above 0, but for one at most that is 0",
                valid);
    }

    default double[] getThresholds() {
        return getOrDefault(thresholds());
    }

    /** Sets the defaults. */
    default void setClassifierDefaults() {
        setPredictorDefaults();
        Settings.setDefault(this, rawPredictionCol(), "rawPrediction");
        Settings.setDefault(this, probabilityCol(), "probability");
    }
}
