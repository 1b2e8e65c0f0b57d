package org.winnow.ml;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.api.java.UDF1;
import org.winnow.check.UserError;

/**
 * The class that a network's answers speak for: that with the largest quotient of probability and threshold, as Spark's
 * own classifiers decide; without thresholds the most probable one.
 */
record Decision(double[] thresholds) implements UDF1<Vector, Double> {
    static final Decision MOST_PROBABLE = new Decision(new double[0]);

    /** @throws UserError if there are not as many thresholds as classes */
    static Decision of(double[] thresholds, int classes) {
        if (thresholds.length != classes) {
            throw new UserError(
                    "thresholds must be one for each of " + classes + " classes, got " + Arrays.toString(thresholds));
        }
        return new Decision(thresholds);
    }

    @Override
    public Double call(Vector raw) {
        if (thresholds.length == 0) {
            return (double) raw.argmax();
        }
        Vector probabilities = Answers.probabilities(raw);
        int best = 0;
        for (int i = 1; i < thresholds.length; i++) {
            best = quotient(probabilities, i) > quotient(probabilities, best) ? i : best;
        }
        return (double) best;
    }

    /** A class whose threshold is 0 goes first as soon as it has any probability. */
    private double quotient(Vector probabilities, int i) {
        double probability = probabilities.apply(i);
        return probability == 0 ? 0 : probability / thresholds[i];
    }
}
