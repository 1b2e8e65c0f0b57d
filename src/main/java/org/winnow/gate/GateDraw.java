package org.winnow.gate;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gates of one forward pass, and what its backward pass needs of them again.
 *
 * @param values of the gates, in [0, 1]: {@code [rows, gates]}
 * @param slopes of the values by the gates' parameters
 * @param shared whether there is one row for all examples; otherwise one for each
 */
public record GateDraw(INDArray values, INDArray slopes, boolean shared) {
    /** The same gates in other places, as arrays of a workspace have to be kept elsewhere until backward. */
    public GateDraw keptBy(UnaryOperator<INDArray> keeper) {
        return new GateDraw(keeper.apply(values), keeper.apply(slopes), shared);
    }

    /** Whether the gates are those of a batch of so many examples. */
    boolean fits(int examples, int gates) {
        return values.size(1) == gates && (shared || values.size(0) == examples);
    }

    /** The gate, in [0, 1], of an example. */
    public double gate(int example, int gate) {
        return values.getDouble(shared ? 0 : example, gate);
    }

    @Override
    public String toString() {
        return "GateDraw[" + values.size(0) + " x " + values.size(1) + " gates]";
    }
}
