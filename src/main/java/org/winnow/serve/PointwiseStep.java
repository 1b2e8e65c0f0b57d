package org.winnow.serve;

import org.winnow.check.Check;

/**
 * An activation function.
 *
 * @param function what it is
 * @param inputs how many numbers an example has
 */
public record PointwiseStep(Pointwise function, int inputs) implements Step {
    public PointwiseStep {
        Check.atLeast(1, inputs, "inputs");
    }

    @Override
    public int outputs() {
        return inputs;
    }

    @Override
    public void apply(float[] x, int examples, float[] y) {
        function.apply(x, inputs, examples, y);
    }
}
