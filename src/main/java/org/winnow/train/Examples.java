package org.winnow.train;

import java.io.Serializable;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A shard's rows to learn from, as minibatches are made of them. */
interface Examples extends Serializable {
    int rows();

    /** The rows of these numbers, in this order, in arrays of the {@link org.winnow.kernel.Arena} if one is open. */
    MultiDataSet gather(int[] chosen);
}
