package org.winnow.serve;

import org.winnow.check.Check;
import org.winnow.kernel.SparseRows;

/**
 * {@code y = W x + b}.
 *
 * @param weights {@code [outputs, inputs]}
 * @param bias {@code [outputs]}
 */
public record LinearStep(SparseRows weights, float[] bias) implements Step {
    public LinearStep {
        Check.that(bias.length == weights.rows(), "bias", "one for each of " + weights.rows() + " rows", bias.length);
    }

    @Override
    public int inputs() {
        return weights.columns();
    }

    @Override
    public int outputs() {
        return weights.rows();
    }

    @Override
    public void apply(float[] x, int examples, float[] y) {
        weights.product(x, examples, bias, y);
    }
}
