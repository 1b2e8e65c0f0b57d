package org.winnow.data;

import java.io.Serializable;
import org.winnow.check.Check;

/**
 * Rows of a shard, ready for a network.
 *
 * @param rows how many
 * @param columns inputs of each
 * @param inputs row after row
 * @param targets one for each row: the index of its class, or its standardised number
 */
public record Block(int rows, int columns, float[] inputs, float[] targets) implements Serializable {
    public Block {
        Check.that(inputs.length == (long) rows * columns, "inputs", rows + " x " + columns + " long", inputs.length);
        Check.that(targets.length == rows, "targets", rows + " long", targets.length);
    }

    /** The same rows with only these inputs, in this order. */
    public Block keep(int[] kept) {
        float[] narrower = new float[rows * kept.length];
        for (int row = 0, to = 0; row < rows; row++) {
            for (int input : kept) {
                narrower[to++] = inputs[row * columns + input];
            }
        }
        return new Block(rows, kept.length, narrower, targets);
    }
}
