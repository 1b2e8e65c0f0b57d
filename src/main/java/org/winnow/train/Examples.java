package org.winnow.train;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A shard's rows to learn from, as minibatches are made of them. */
interface Examples extends Serializable {
    int rows();

    /** The rows of these numbers, in this order, in arrays of the {@link org.winnow.kernel.Arena} if one is open. */
    MultiDataSet gather(int[] chosen);

    /** Whether a row is one of numbers, and what is wanted for it another. */
    default boolean flat() {
        return false;
    }

    /** Writes what {@link #gather} gives, where rows are {@link #flat}. */
    default void read(int[] chosen, float[] inputs, float[] wanted) {
        throw new UnsupportedOperationException("rows are not flat");
    }

    /** Weights of the rows of these numbers in the loss, {@code [rows, 1]}; null: all 1. */
    default @Nullable INDArray weights(int[] chosen) {
        return null;
    }
}
