package org.winnow.data;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.winnow.check.Check;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;

/**
 * Rows of a shard, ready for a network.
 *
 * @param rows how many
 * @param columns inputs of each
 * @param inputs row after row
 * @param targets one for each row: the index of its class, or its standardised number
 * @param weights of each row in the loss, 1 on average over the training rows; empty: all 1
 */
public record Block(int rows, int columns, float[] inputs, float[] targets, float[] weights) implements Serializable {
    public Block {
        Check.that(inputs.length == (long) rows * columns, "inputs", rows + " x " + columns + " long", inputs.length);
        Check.that(targets.length == rows, "targets", rows + " long", targets.length);
        Check.that(weights.length == 0 || weights.length == rows, "weights", "none, or " + rows, weights.length);
    }

    /** Rows that all weigh the same. */
    public Block(int rows, int columns, float[] inputs, float[] targets) {
        this(rows, columns, inputs, targets, new float[0]);
    }

    /** The weight of a row. */
    public double weight(int row) {
        return weights.length == 0 ? 1 : weights[row];
    }

    /** Some of the rows, drawn without repetition, in the order they were drawn. */
    public Block draw(Noise noise, int drawn) {
        Check.that(drawn >= 0 && drawn <= rows, "drawn", "in [0, " + rows + "]", drawn);
        Permutation order = Permutation.of(noise, Math.max(1, rows));
        return rows(IntStream.range(0, drawn).map(to -> (int) order.invert(to)).toArray());
    }

    /** Some of the rows, in this order. */
    public Block rows(int[] chosen) {
        float[] inputsOfChosen = new float[chosen.length * columns];
        float[] targetsOfChosen = new float[chosen.length];
        float[] weightsOfChosen = new float[weights.length == 0 ? 0 : chosen.length];
        for (int to = 0; to < chosen.length; to++) {
            int from = chosen[to];
            System.arraycopy(inputs, from * columns, inputsOfChosen, to * columns, columns);
            targetsOfChosen[to] = targets[from];
            if (weights.length > 0) {
                weightsOfChosen[to] = weights[from];
            }
        }
        return new Block(chosen.length, columns, inputsOfChosen, targetsOfChosen, weightsOfChosen);
    }

    /** The same rows with only these inputs, in this order. */
    public Block keep(int[] kept) {
        float[] narrower = new float[rows * kept.length];
        for (int row = 0, to = 0; row < rows; row++) {
            for (int input : kept) {
                narrower[to++] = inputs[row * columns + input];
            }
        }
        return new Block(rows, kept.length, narrower, targets, weights);
    }
}
