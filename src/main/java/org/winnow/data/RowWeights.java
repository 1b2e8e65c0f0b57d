package org.winnow.data;

import java.io.Serializable;
import org.winnow.check.UserError;

/**
 * Where rows of target and features have their weight, and what makes it 1 on average.
 *
 * @param column after the features; 0 (the target's): rows have none
 * @param mean over the training rows
 */
record RowWeights(int column, double mean) implements Serializable {
    private static final RowWeights NONE = new RowWeights(0, 1);

    /**
     * Those of a source whose rows have these moments.
     *
     * @throws UserError if no training row weighs anything
     */
    static RowWeights of(boolean weighted, int features, Moments training) {
        if (!weighted) {
            return NONE;
        }
        double mean = training.mean(features + 1);
        if (!(mean > 0)) {
            throw new UserError("every training row has the weight 0; there is nothing to learn from");
        }
        return new RowWeights(features + 1, mean);
    }

    boolean given() {
        return column > 0;
    }

    /** The weight of a row. */
    float of(double[] targetAndFeatures) {
        return (float) (targetAndFeatures[column] / mean);
    }
}
