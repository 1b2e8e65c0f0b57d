package org.winnow.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * Forward selection on correlations alone: columns are taken one after the other, each time the one that explains most of
 * what is left of the targets, by a Cholesky factor that grows by a row (Efroymson 1960, "Multiple regression analysis").
 */
final class Forward {
    /** A column of which less than this is left is a sum of those taken. */
    private static final double NOTHING_LEFT = 1e-3;

    private final double[][] correlations;
    private final int[] targets;
    private final List<double[]> factor = new ArrayList<>();
    private final List<Integer> taken = new ArrayList<>();
    /** Variance of every column given those taken. */
    private final double[] left;
    /** Covariance of targets and columns given those taken. */
    private final double[][] joint;

    /** Nothing taken yet. */
    Forward(double[][] correlations, int... targets) {
        this.correlations = correlations;
        this.targets = targets;
        left = new double[correlations.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = correlations[i][i];
        }
        joint = new double[targets.length][];
        for (int t = 0; t < targets.length; t++) {
            joint[t] = correlations[targets[t]].clone();
        }
    }

    /** Columns taken, in their order. */
    int[] taken() {
        return taken.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Takes a column, unless those taken leave nothing of it. */
    boolean take(int column) {
        if (!(left[column] > NOTHING_LEFT * correlations[column][column])) {
            return false;
        }
        double[] row = correlations[column].clone();
        for (double[] before : factor) {
            axpy(-before[column], before, row);
        }
        double root = Math.sqrt(left[column]);
        for (int i = 0; i < row.length; i++) {
            row[i] /= root;
            left[i] -= row[i] * row[i];
        }
        for (int t = 0; t < targets.length; t++) {
            axpy(-row[targets[t]], row, joint[t]);
        }
        left[column] = 0;
        factor.add(row);
        taken.add(column);
        return true;
    }

    /**
     * Takes columns as long as chance would explain as much with a probability of at most {@code level}.
     *
     * @param open columns that may be taken
     * @param most columns in all
     * @param degrees of freedom of the rows
     */
    void extend(boolean[] open, int most, double degrees, double level) {
        boolean[] still = open.clone();
        while (taken.size() < most) {
            int best = -1;
            double highest = 0;
            for (int column = 0; column < still.length; column++) {
                double explained = still[column] ? explained(column) : 0;
                if (explained > highest) {
                    highest = explained;
                    best = column;
                }
            }
            double p = Student.ofCorrelation(highest, degrees - taken.size() - 1) * targets.length;
            if (best < 0 || p > level) {
                return;
            }
            still[best] = false;
            take(best);
        }
    }

    /** The share of what is left of a target that a column explains; of the target of which it is most. */
    private double explained(int column) {
        if (!(left[column] > NOTHING_LEFT * correlations[column][column])) {
            return 0;
        }
        double most = 0;
        for (int t = 0; t < targets.length; t++) {
            double rest = left[targets[t]];
            most = rest > 0 ? Math.max(most, joint[t][column] * joint[t][column] / (left[column] * rest)) : most;
        }
        return most;
    }

    private static void axpy(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }
}
