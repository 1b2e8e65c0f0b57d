package org.winnow.select;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Descents judged on the same rows, each row by what it weighs. */
final class Contest {
    /** Sizes at which orders are compared; what comes after hardly matters to anybody. */
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 50};

    /** Standard errors by which a challenger has to be better. */
    private static final double MARGIN = 2;

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

    /** The least number of gates that is not worse than the best by more than a standard error. */
    int useful(Descent.Result result) {
        Descent.Stage best = result.stages().get(0);
        for (Descent.Stage stage : result.stages()) {
            best = weighted(stage.losses()) <= weighted(best.losses()) ? stage : best;
        }
        int useful = best.gates();
        for (Descent.Stage stage : result.stages()) {
            if (stage.gates() < useful && !isBelow(best.losses(), stage.losses(), 1)) {
                useful = stage.gates();
            }
        }
        return useful;
    }

    /** What numbers of gates are worth. */
    Curve curve(Descent.Result result) {
        return new Curve(
                result.stages().stream().mapToInt(Descent.Stage::gates).toArray(),
                result.stages().stream()
                        .mapToDouble(stage -> weighted(stage.losses()))
                        .toArray());
    }

    /**
     * The mean loss of a row by the number of gates.
     *
     * @param gates falling
     */
    record Curve(int[] gates, double[] losses) {
        /** The least number of gates whose loss is not above that of so many. */
        int noWorseThan(int many) {
            int least = many;
            double limit = Double.NaN;
            for (int stage = 0; stage < gates.length; stage++) {
                if (gates[stage] <= many) {
                    limit = Double.isNaN(limit) ? losses[stage] : limit;
                    least = losses[stage] <= limit ? gates[stage] : least;
                }
            }
            return least;
        }
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
