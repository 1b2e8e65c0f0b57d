package org.winnow.evidence;

import java.io.Serializable;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.winnow.data.Block;
import org.winnow.evidence.Basis.Shape;
import org.winnow.train.Shards;

/**
 * The columns of a regression: the straight ones of some inputs, the bent ones of the same, squares and cubes of a few of
 * them, then the targets.
 *
 * @param basis what they are standardised by
 * @param inputs whose columns
 * @param curved places among the inputs that have squares and cubes
 */
record Design(Basis basis, int[] inputs, int[] curved) implements Serializable {
    /** Rows that are made at a time. */
    static final int STRIP = 256;

    /** One without curves. */
    static Design of(Basis basis, int... inputs) {
        return new Design(basis, inputs, new int[0]);
    }

    /** The same with the curves of the inputs of some columns, in the order of the inputs. */
    Design curved(int... columns) {
        return new Design(
                basis,
                inputs,
                IntStream.of(columns).map(this::place).sorted().distinct().toArray());
    }

    int straight() {
        return inputs.length;
    }

    /** Where the targets begin. */
    int firstTarget() {
        return 2 * (inputs.length + curved.length);
    }

    int columns() {
        return firstTarget() + basis.targets().count();
    }

    /** The place among the inputs whose column this is. */
    int place(int column) {
        return column < 2 * inputs.length
                ? column % inputs.length
                : curved[(column - 2 * inputs.length) % curved.length];
    }

    private Shape shape(int column) {
        if (column < 2 * inputs.length) {
            return column < inputs.length ? Shape.STRAIGHT : Shape.BENT;
        }
        return column < 2 * inputs.length + curved.length ? Shape.SQUARE : Shape.CUBE;
    }

    /** A column's value in a row. */
    double at(Block block, int row, int column) {
        if (column >= firstTarget()) {
            return basis.target(column - firstTarget(), block.targets()[row]);
        }
        int input = inputs[place(column)];
        return basis.of(shape(column), input, block.inputs()[row * block.columns() + input]);
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
        return correlations(shards, IntStream.range(0, columns()).toArray());
    }

    /** Those of all columns, where those of the same design without curves are known. */
    double[][] correlations(Shards shards, double[][] known) {
        int plain = 2 * inputs.length;
        int[] curves = IntStream.range(plain, firstTarget()).toArray();
        if (curves.length == 0) {
            return known;
        }
        double[][] fresh = correlations(shards, curves);
        double[][] all = new double[columns()][columns()];
        for (int i = 0; i < known.length; i++) {
            for (int j = 0; j < known.length; j++) {
                all[i < plain ? i : i + curves.length][j < plain ? j : j + curves.length] = known[i][j];
            }
        }
        for (int i = 0; i < curves.length; i++) {
            for (int j = 0; j < columns(); j++) {
                all[plain + i][j] = fresh[i][j];
                all[j][plain + i] = fresh[i][j];
            }
        }
        return all;
    }

    /** Correlations of some columns with all, {@code [some][columns]}. */
    private double[][] correlations(Shards shards, int... some) {
        int width = columns();
        double[] sums = shards.sums(shard -> products(shard.train(), some));
        double[][] correlations = new double[some.length][width];
        double weight = sums[some.length * width];
        for (int i = 0; i < some.length; i++) {
            for (int j = 0; j < width; j++) {
                correlations[i][j] = sums[i * width + j] / weight;
            }
        }
        return correlations;
    }

    /** Weighted products of some of a block's columns with all, and the weights' sum. */
    private double[] products(Block block, int... some) {
        int width = columns();
        int[] all = IntStream.range(0, width).toArray();
        double[] sums = new double[some.length * width + 1];
        double[] plain = new double[STRIP * width];
        double[] weighted = new double[STRIP * some.length];
        strips(block, from -> {
            int rows = strip(block, from);
            fill(block, from, rows, all, plain);
            for (int row = 0; row < rows; row++) {
                double weight = Basis.weight(block, from + row);
                sums[some.length * width] += weight;
                for (int i = 0; i < some.length; i++) {
                    weighted[row * some.length + i] = weight * plain[row * width + some[i]];
                }
            }
            Product.addTransposed(weighted, plain, sums, some.length, rows, width);
        });
        return sums;
    }
}
