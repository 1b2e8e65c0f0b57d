package org.winnow.evidence;

import java.io.Serializable;
import org.winnow.data.Block;
import org.winnow.train.Shards;

/**
 * What inputs and targets are standardised by, over the weighted training rows. Every input x has two columns: the
 * straight one {@code z = (x - mean) / deviation}, and the bent one, {@code min(|z|, 3)} standardised in its turn, which
 * sees what goes up, or down, at both ends. A column that does not vary is 0 everywhere.
 *
 * @param targets what stands for a target
 * @param rows how many weigh anything
 * @param degrees of freedom that the weights leave, {@code (sum w)^2 / sum w^2} (Kish 1965, Survey Sampling)
 * @param straight of the inputs
 * @param bent of the same
 * @param target of the targets
 */
record Basis(Targets targets, double rows, double degrees, Scale straight, Scale bent, Scale target)
        implements Serializable {
    private static final double MOST_BENT = 3;

    /** Below this part of what it should be, a deviation is rounding. */
    private static final double STILL = 1e-3;

    /** Means, and what deviations are multiplied by. */
    record Scale(double[] mean, double[] factor) implements Serializable {
        /** Of sums and sums of squares that begin at a place, of a total weight. */
        private static Scale of(double[] sums, int at, int count, double weight, double least) {
            double[] mean = new double[count];
            double[] factor = new double[count];
            for (int i = 0; i < count; i++) {
                mean[i] = sums[at + i] / weight;
                double square = sums[at + count + i] / weight;
                double variance = square - mean[i] * mean[i];
                factor[i] = variance > Math.max(least, square * 1e-12) ? 1 / Math.sqrt(variance) : 0;
            }
            return new Scale(mean, factor);
        }

        double of(int which, double value) {
            return (value - mean[which]) * factor[which];
        }
    }

    /** That of the training rows of shards with so many inputs. */
    static Basis of(Shards shards, Targets targets, int inputs) {
        double[] sums = shards.sums(shard -> moments(shard.train(), targets));
        double weight = sums[1];
        Scale straight = Scale.of(sums, 3, inputs, weight, 0);
        Scale target = Scale.of(sums, 3 + 2 * inputs, targets.count(), weight, 0);
        double[] bends = shards.sums(shard -> bends(shard.train(), straight));
        Scale bent = Scale.of(bends, 0, inputs, weight, STILL * STILL);
        return new Basis(targets, sums[0], weight * weight / sums[2], straight, bent, target);
    }

    int inputs() {
        return straight.mean.length;
    }

    double straight(int input, double value) {
        return straight.of(input, value);
    }

    double bent(int input, double value) {
        return bent.of(input, bend(straight.of(input, value)));
    }

    double target(int which, float value) {
        return target.of(which, targets.of(value, which));
    }

    /** The weight of a row. */
    static double weight(Block block, int row) {
        return block.weights().length == 0 ? 1 : block.weights()[row];
    }

    private static double bend(double standard) {
        return Math.min(Math.abs(standard), MOST_BENT);
    }

    /** Rows, weights, squared weights; then sums and sums of squares of inputs, and of targets. */
    private static double[] moments(Block block, Targets targets) {
        int inputs = block.columns();
        int count = targets.count();
        double[] sums = new double[3 + 2 * (inputs + count)];
        for (int row = 0; row < block.rows(); row++) {
            double weight = weight(block, row);
            sums[0] += weight > 0 ? 1 : 0;
            sums[1] += weight;
            sums[2] += weight * weight;
            for (int i = 0; i < inputs; i++) {
                double value = block.inputs()[row * inputs + i];
                sums[3 + i] += weight * value;
                sums[3 + inputs + i] += weight * value * value;
            }
            for (int c = 0; c < count; c++) {
                double value = targets.of(block.targets()[row], c);
                sums[3 + 2 * inputs + c] += weight * value;
                sums[3 + 2 * inputs + count + c] += weight * value * value;
            }
        }
        return sums;
    }

    /** Sums and sums of squares of what is bent. */
    private static double[] bends(Block block, Scale straight) {
        int inputs = block.columns();
        double[] sums = new double[2 * inputs];
        for (int row = 0; row < block.rows(); row++) {
            double weight = weight(block, row);
            for (int i = 0; i < inputs; i++) {
                double value = bend(straight.of(i, block.inputs()[row * inputs + i]));
                sums[i] += weight * value;
                sums[inputs + i] += weight * value * value;
            }
        }
        return sums;
    }
}
