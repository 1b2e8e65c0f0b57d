package org.winnow.data;

import java.io.Serializable;

/**
 * What an answer is worth on the held-out rows that does not look at the features: the class that most training rows
 * have, or the mean of the held-out labels themselves.
 */
final class Trivial implements Serializable {
    private static final long serialVersionUID = 1;

    private final long[] trainRowsOf;
    private final long[] testRowsOf;
    private final Moments tested = new Moments(1);

    /** @param classes how many there are; 0 for numbers */
    Trivial(int classes) {
        trainRowsOf = new long[classes];
        testRowsOf = new long[classes];
    }

    void add(double target, boolean test) {
        if (trainRowsOf.length > 0) {
            (test ? testRowsOf : trainRowsOf)[(int) target]++;
        } else if (test) {
            tested.add(new double[] {target});
        }
    }

    Trivial merge(Trivial later) {
        for (int i = 0; i < trainRowsOf.length; i++) {
            trainRowsOf[i] += later.trainRowsOf[i];
            testRowsOf[i] += later.testRowsOf[i];
        }
        tested.merge(later.tested);
        return this;
    }

    /** Classes that few rows have. */
    RareClasses rareClasses(Schema schema) {
        return new RareClasses(schema, trainRowsOf, testRowsOf);
    }

    /** Its accuracy, or its mean squared error, which is the variance of the labels; NaN where no rows are held out. */
    double metric() {
        if (trainRowsOf.length == 0) {
            return tested.deviation(0) * tested.deviation(0);
        }
        int most = 0;
        long rows = 0;
        for (int i = 0; i < trainRowsOf.length; i++) {
            most = trainRowsOf[i] > trainRowsOf[most] ? i : most;
            rows += testRowsOf[i];
        }
        return (double) testRowsOf[most] / rows;
    }
}
