package org.winnow.rank;

import java.util.Arrays;
import org.winnow.check.Check;

/**
 * Rows to rank gates by.
 *
 * @param rows how many
 * @param gateOfInput the gate of every input
 * @param inputs row after row, {@code [rows, inputs]}
 * @param classes how many; 0 in regression
 * @param targets of each row the index of its class, or its number
 * @param weights of each row, at least 0; a row that weighs 0 is not looked at
 */
public record Sample(int rows, int[] gateOfInput, float[] inputs, int classes, float[] targets, double[] weights) {
    public Sample {
        Check.that(rows >= 2, "rows", "at least 2", rows);
        Check.that(
                inputs.length == (long) rows * gateOfInput.length,
                "inputs",
                rows + " x " + gateOfInput.length + " long",
                inputs.length);
        Check.that(targets.length == rows, "targets", rows + " long", targets.length);
        Check.that(weights.length == rows, "weights", rows + " long", weights.length);
    }

    /** The same rows with other weights. */
    public Sample weighted(double[] others) {
        return new Sample(rows, gateOfInput, inputs, classes, targets, others);
    }

    int width() {
        return gateOfInput.length;
    }

    float value(int row, int input) {
        return inputs[row * width() + input];
    }

    /** How many gates. */
    public int gates() {
        return Arrays.stream(gateOfInput).max().orElse(-1) + 1;
    }

    /** How many inputs each gate has. */
    int[] widths() {
        int[] widths = new int[gates()];
        for (int gate : gateOfInput) {
            widths[gate]++;
        }
        return widths;
    }

    /** The values of an input. */
    double[] column(int input) {
        double[] column = new double[rows];
        Arrays.setAll(column, row -> inputs[row * width() + input]);
        return column;
    }

    /** Rows that weigh anything. */
    int counted() {
        return Math.toIntExact(
                Arrays.stream(weights).filter(weight -> weight > 0).count());
    }

    /** Columns of what is to be explained: one number, whether a row is of the second class of two, or of each class. */
    int outputs() {
        return classes > 2 ? classes : 1;
    }

    /** What is to be explained, {@code [outputs][rows]}. */
    double[][] targetsOfOutputs() {
        double[][] targetsOfOutputs = new double[outputs()][rows];
        for (int output = 0; output < targetsOfOutputs.length; output++) {
            for (int row = 0; row < rows; row++) {
                targetsOfOutputs[output][row] = output(row, output);
            }
        }
        return targetsOfOutputs;
    }

    double output(int row, int output) {
        if (classes == 0) {
            return targets[row];
        }
        return (int) targets[row] == (classes == 2 ? 1 : output) ? 1 : 0;
    }

    int classOf(int row) {
        return classes == 0 ? 0 : (int) targets[row];
    }

    /** Weights with which all classes weigh alike. */
    public double[] balanced() {
        if (classes == 0) {
            return weights;
        }
        double[] ofClass = new double[classes];
        for (int row = 0; row < rows; row++) {
            ofClass[classOf(row)] += weights[row];
        }
        double[] balanced = new double[rows];
        for (int row = 0; row < rows; row++) {
            balanced[row] = weights[row] > 0 ? weights[row] / ofClass[classOf(row)] : 0;
        }
        return balanced;
    }
}
