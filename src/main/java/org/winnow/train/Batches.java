package org.winnow.train;

import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;

/** A shard's minibatches: every epoch takes all rows in an order of its own, a pure function of key and epoch. */
final class Batches {
    private final int rows;
    private final int size;
    private final Noise key;

    Batches(int rows, int size, Noise key) {
        this.rows = rows;
        this.size = size;
        this.key = key;
    }

    int perEpoch() {
        return perEpoch(rows, size);
    }

    static int perEpoch(int rows, int size) {
        return (rows + size - 1) / size;
    }

    /** Row numbers of a step; the last batch of an epoch may be smaller. */
    int[] rowsOf(int step) {
        Permutation order = Permutation.of(key.child(step / perEpoch()), rows);
        int from = step % perEpoch() * size;
        int[] chosen = new int[Math.min(size, rows - from)];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = (int) order.apply(from + i);
        }
        return chosen;
    }
}
