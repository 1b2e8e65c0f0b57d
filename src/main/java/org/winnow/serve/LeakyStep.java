package org.winnow.serve;

import org.winnow.check.Check;

/**
 * A leaky rectifier: numbers below 0 are multiplied by a slope.
 *
 * @param slope of numbers below 0
 * @param inputs how many numbers an example has
 */
public record LeakyStep(double slope, int inputs) implements Step {
    public LeakyStep {
        Check.that(Double.isFinite(slope), "slope", "finite", slope);
        Check.atLeast(1, inputs, "inputs");
    }

    @Override
    public int outputs() {
        return inputs;
    }

    @Override
    public void apply(float[] x, int examples, float[] y) {
        float below = (float) slope;
        for (int i = 0; i < inputs * examples; i++) {
            y[i] = x[i] < 0 ? below * x[i] : x[i];
        }
    }
}
