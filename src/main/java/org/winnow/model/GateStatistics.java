package org.winnow.model;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Raw gate values over shards: count, mean and sum of squared deviations for each gate. Parts merge as in Chan, Golub and
 * LeVeque (1979); over rounds, what was seen fades, so that the mean and the deviation are those of about the last
 * {@value #ROUNDS_REMEMBERED} rounds and not of the way there.
 *
 * @param count values seen of each gate; a fraction where they fade
 * @param mean of each gate's value
 * @param squares sum of squared deviations from the mean, for each gate
 */
public record GateStatistics(double count, double[] mean, double[] squares) implements Serializable {
    /** Nothing seen. */
    public static final GateStatistics NONE = new GateStatistics(0, new double[0], new double[0]);

    private static final int ROUNDS_REMEMBERED = 20;

    /** One shard's gate values. */
    public static GateStatistics of(double[] values) {
        return new GateStatistics(1, values.clone(), new double[values.length]);
    }

    /** Gate values of which it is not known how they differ over shards: their deviation is not a number. */
    public static GateStatistics unspread(double[] values) {
        double[] squares = new double[values.length];
        Arrays.fill(squares, Double.NaN);
        return new GateStatistics(1, values.clone(), squares);
    }

    /** These, which fade by one part in {@value #ROUNDS_REMEMBERED}, and a further round's. */
    public GateStatistics followedBy(GateStatistics round) {
        if (count == 0) {
            return round;
        }
        double kept = 1 - 1.0 / ROUNDS_REMEMBERED;
        double[] faded = new double[squares.length];
        for (int gate = 0; gate < faded.length; gate++) {
            faded[gate] = kept * squares[gate];
        }
        return new GateStatistics(kept * count, mean, faded).merge(round);
    }

    public GateStatistics merge(GateStatistics other) {
        double total = count + other.count;
        double[] mergedMean = new double[mean.length];
        double[] mergedSquares = new double[mean.length];
        for (int gate = 0; gate < mean.length; gate++) {
            double apart = other.mean[gate] - mean[gate];
            mergedMean[gate] = mean[gate] + apart * other.count / total;
            mergedSquares[gate] = squares[gate] + other.squares[gate] + apart * apart * (count * other.count / total);
        }
        return new GateStatistics(total, mergedMean, mergedSquares);
    }

    /** Standard deviation (that of these values, not an estimate for more of them). */
    public double deviation(int gate) {
        return Math.sqrt(squares[gate] / count);
    }
}
