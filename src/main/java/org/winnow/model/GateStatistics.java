package org.winnow.model;

import java.io.Serializable;

/**
 * Raw gate values over shards: count, mean and sum of squared deviations for each gate. Parts merge as in Chan, Golub and
 * LeVeque (1979).
 *
 * @param count shards seen
 * @param mean of each gate's value
 * @param squares sum of squared deviations from the mean, for each gate
 */
public record GateStatistics(long count, double[] mean, double[] squares) implements Serializable {

    /** One shard's gate values. */
    public static GateStatistics of(double[] values) {
        return new GateStatistics(1, values.clone(), new double[values.length]);
    }

    public GateStatistics merge(GateStatistics other) {
        long total = count + other.count;
        double[] mergedMean = new double[mean.length];
        double[] mergedSquares = new double[mean.length];
        for (int gate = 0; gate < mean.length; gate++) {
            double apart = other.mean[gate] - mean[gate];
            mergedMean[gate] = mean[gate] + apart * other.count / total;
            mergedSquares[gate] =
                    squares[gate] + other.squares[gate] + apart * apart * ((double) count * other.count / total);
        }
        return new GateStatistics(total, mergedMean, mergedSquares);
    }

    /** Standard deviation over shards (that of these shards, not an estimate for more of them). */
    public double deviation(int gate) {
        return Math.sqrt(squares[gate] / count);
    }
}
