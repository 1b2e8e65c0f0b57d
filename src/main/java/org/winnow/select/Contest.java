package org.winnow.select;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Descents judged on the same rows, each row by what it weighs. */
final class Contest {
    /** Sizes at which orders are compared; what comes after hardly matters to anybody. */
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 50};

    /** More are not compared. */
    static final int MOST_GATES = SIZES[SIZES.length - 1];

    /** Standard errors by which a challenger has to be better. */
    private static final double MARGIN = 2;

    /** Standard errors that fewer gates may be worse. */
    private static final double TOLERANCE = 0.5;

    private final double[] weights;

    /** @param weights of the rows of validation */
    Contest(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        this.weights = Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** Whether a challenger is better than what is believed, beyond the chance of rows. */
    boolean isBetter(Descent.Result challenger, Descent.Result believed) {
        return isBelow(mean(challenger), mean(believed), MARGIN);
    }

    /** Whether some size is better than answers that do not look at the gates, beyond the chance of rows. */
    boolean helps(Descent.Result result, double[] without) {
        return result.stages().stream().anyMatch(stage -> isBelow(stage.losses(), without, MARGIN));
    }

    /** The least number of gates that is not worse than the best by more than half a standard error. */
    int useful(Descent.Result result) {
        Descent.Stage best = bestStage(result);
        int useful = best.gates();
        for (Descent.Stage stage : result.stages()) {
            if (stage.gates() < useful && !isBelow(best.losses(), stage.losses(), TOLERANCE)) {
                useful = stage.gates();
            }
        }
        return useful;
    }

    private Descent.Stage bestStage(Descent.Result result) {
        Descent.Stage best = result.stages().get(0);
        for (Descent.Stage stage : result.stages()) {
            best = weighted(stage.losses()) <= weighted(best.losses()) ? stage : best;
        }
        return best;
    }

    /** Losses of each row over all sizes. */
    private static double[] mean(Descent.Result result) {
        double[] mean = new double[result.stages().get(0).losses().length];
        for (int size : SIZES) {
            double[] losses = result.at(size).losses();
            for (int row = 0; row < mean.length; row++) {
                mean[row] += losses[row] / SIZES.length;
            }
        }
        return mean;
    }

    private double weighted(double[] losses) {
        return IntStream.range(0, losses.length)
                .mapToDouble(row -> weights[row] * losses[row])
                .sum();
    }

    /** Whether losses are below others by more than so many standard errors of the difference. */
    private boolean isBelow(double[] losses, double[] others, double errors) {
        double[] differences = IntStream.range(0, losses.length)
                .mapToDouble(row -> others[row] - losses[row])
                .toArray();
        double mean = weighted(differences);
        double squares = IntStream.range(0, losses.length)
                .mapToDouble(row -> Math.pow(weights[row] * (differences[row] - mean), 2))
                .sum();
        return mean > errors * Math.sqrt(squares);
    }
}
