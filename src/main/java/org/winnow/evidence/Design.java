package org.winnow.evidence;

import java.io.Serializable;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.winnow.data.Block;
import org.winnow.train.Shards;

/**
 * The columns of a regression: the straight ones of some inputs, then the bent ones of the same, then the targets.
 *
 * @param basis what they are standardised by
 * @param inputs whose columns
 */
record Design(Basis basis, int[] inputs) implements Serializable {
    /** Rows that are made at a time. */
    static final int STRIP = 256;

    int straight() {
        return inputs.length;
    }

    /** Where the targets begin. */
    int firstTarget() {
        return 2 * inputs.length;
    }

    int columns() {
        return firstTarget() + basis.targets().count();
    }

    /** The place among the inputs whose column this is. */
    int place(int column) {
        return column % inputs.length;
    }

    /** A column's value in a row. */
    double at(Block block, int row, int column) {
        if (column >= firstTarget()) {
            return basis.target(column - firstTarget(), block.targets()[row]);
        }
        int input = inputs[place(column)];
        float value = block.inputs()[row * block.columns() + input];
        return column < inputs.length ? basis.straight(input, value) : basis.bent(input, value);
    }

    /** Makes some columns of a strip of rows, row after row. */
    void fill(Block block, int from, int rows, int[] which, double[] into) {
        for (int row = 0, at = 0; row < rows; row++) {
            for (int column : which) {
                into[at++] = at(block, from + row, column);
            }
        }
    }

    /** Goes through a block strip by strip: told where each begins. */
    static void strips(Block block, IntConsumer each) {
        for (int from = 0; from < block.rows(); from += STRIP) {
            each.accept(from);
        }
    }

    /** Rows of the strip that begins there. */
    static int strip(Block block, int from) {
        return Math.min(STRIP, block.rows() - from);
    }

    /** Correlations of all columns, {@code [columns][columns]}; 0 of one that does not vary. */
    double[][] correlations(Shards shards) {
        int width = columns();
        double[] sums = shards.sums(shard -> products(shard.train()));
        double[][] correlations = new double[width][width];
        double weight = sums[width * width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                correlations[i][j] = sums[i * width + j] / weight;
            }
        }
        return correlations;
    }

    /** Weighted products of a block's columns, and the weights' sum. */
    private double[] products(Block block) {
        int width = columns();
        int[] all = IntStream.range(0, width).toArray();
        double[] sums = new double[width * width + 1];
        double[] plain = new double[STRIP * width];
        double[] weighted = new double[STRIP * width];
        strips(block, from -> {
            int rows = strip(block, from);
            fill(block, from, rows, all, plain);
            for (int row = 0; row < rows; row++) {
                double weight = Basis.weight(block, from + row);
                sums[width * width] += weight;
                for (int i = row * width; i < (row + 1) * width; i++) {
                    weighted[i] = weight * plain[i];
                }
            }
            Product.addTransposed(weighted, plain, sums, width, rows, width);
        });
        return sums;
    }
}
