package org.winnow.data;

import java.io.Serializable;

/**
 * One of a fixed number of pieces of the data; which rows are in it never depends on the cluster.
 *
 * @param index from 0
 * @param train rows to learn from
 * @param test rows held out
 */
public record Shard(int index, Block train, Block test) implements Serializable {
    /** The same rows with only these inputs, in this order. */
    public Shard keep(int[] inputs) {
        return new Shard(index, train.keep(inputs), test.keep(inputs));
    }
}
