package org.winnow.evidence;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.winnow.data.Block;
import org.winnow.train.Shards;

/**
 * What inputs and targets are standardised by, over the weighted training rows. Every input x has four {@link Shape}s: the
 * straight one {@code z = (x - mean) / deviation}; and of z limited to [-3, 3], each standardised in its turn, the bent one
 * {@code |z|}, which sees what goes up, or down, at both ends, the square and the cube, which curves are made of. A column
 * that does not vary is 0 everywhere.
 *
 * @param targets what stands for a target
 * @param rows how many weigh anything
 * @param degrees of freedom that the weights leave, {@code (sum w)^2 / sum w^2} (Kish 1965, Survey Sampling)
 * @param shapes scales of the inputs, in the order of the shapes
 * @param target scale of the targets
 */
record Basis(Targets targets, double rows, double degrees, List<Scale> shapes, Scale target) implements Serializable {
    private static final double MOST = 3;

    private static final List<Shape> BENDS = List.of(Shape.BENT, Shape.SQUARE, Shape.CUBE);

    /** Below this part of what it should be, a deviation is rounding. */
    private static final double STILL = 1e-3;

    /** What is made of a standardised input. */
    enum Shape {
        STRAIGHT(0),
        BENT(1),
        SQUARE(2),
        CUBE(3);

        private final int place;

        Shape(int place) {
            this.place = place;
        }

        double of(double z) {
            double limited = Math.max(-MOST, Math.min(MOST, z));
            return switch (this) {
                case STRAIGHT -> z;
                case BENT -> Math.abs(limited);
                case SQUARE -> limited * limited;
                case CUBE -> limited * limited * limited;
            };
        }
    }

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
        List<Scale> shapes = new ArrayList<>(List.of(straight));
        for (int bend = 0; bend < BENDS.size(); bend++) {
            shapes.add(Scale.of(bends, 2 * bend * inputs, inputs, weight, STILL * STILL));
        }
        return new Basis(targets, sums[0], weight * weight / sums[2], List.copyOf(shapes), target);
    }

    int inputs() {
        return shapes.get(0).mean.length;
    }

    /** An input's value as the column of a shape has it. */
    double of(Shape shape, int input, double value) {
        double straight = shapes.get(0).of(input, value);
        return shape == Shape.STRAIGHT ? straight : shapes.get(shape.place).of(input, shape.of(straight));
    }

    double target(int which, float value) {
        return target.of(which, targets.of(value, which));
    }

    /** The weight of a row. */
    static double weight(Block block, int row) {
        return block.weight(row);
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

    /** Sums and sums of squares of every shape but the straight one: {@code [shapes][2][inputs]}. */
    private static double[] bends(Block block, Scale straight) {
        int inputs = block.columns();
        double[] sums = new double[2 * BENDS.size() * inputs];
        for (int row = 0; row < block.rows(); row++) {
            double weight = weight(block, row);
            for (int i = 0; i < inputs; i++) {
                double z = straight.of(i, block.inputs()[row * inputs + i]);
                for (int bend = 0; bend < BENDS.size(); bend++) {
                    double value = BENDS.get(bend).of(z);
                    sums[2 * bend * inputs + i] += weight * value;
                    sums[(2 * bend + 1) * inputs + i] += weight * value * value;
                }
            }
        }
        return sums;
    }
}
