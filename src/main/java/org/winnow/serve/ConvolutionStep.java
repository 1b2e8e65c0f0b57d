package org.winnow.serve;

import java.util.Arrays;
import org.winnow.check.Check;
import org.winnow.kernel.SparseRows;

/**
 * A cross-correlation in two dimensions.
 *
 * @param grid where the kernels see the image
 * @param weights {@code [filters, channels * positions of the kernel]}
 * @param bias {@code [filters]}
 */
public record ConvolutionStep(Grid grid, SparseRows weights, float[] bias) implements Step {
    public ConvolutionStep {
        int columns = Math.multiplyExact(grid.channels(), grid.positions());
        Check.that(weights.columns() == columns, "weights", "of " + columns + " columns", weights.columns());
        Check.that(bias.length == weights.rows(), "bias", "one for each of " + weights.rows() + " rows", bias.length);
        Math.multiplyExact(weights.rows(), grid.places());
    }

    @Override
    public int inputs() {
        return grid.numbers();
    }

    @Override
    public int outputs() {
        return weights.rows() * grid.places();
    }

    @Override
    public void apply(float[] x, int examples, float[] y) {
        int places = grid.places();
        for (int filter = 0; filter < weights.rows(); filter++) {
            int from = filter * places * examples;
            Arrays.fill(y, from, from + places * examples, bias[filter]);
            for (int i = weights.starts()[filter]; i < weights.starts()[filter + 1]; i++) {
                add(i, x, examples, y, from);
            }
        }
    }

    /** Adds what one weight contributes to all places of its filter. */
    private void add(int entry, float[] x, int examples, float[] y, int from) {
        int channel = weights.indices()[entry] / grid.positions();
        int position = weights.indices()[entry] % grid.positions();
        for (int place = 0; place < grid.places(); place++) {
            int index = grid.index(channel, place, position);
            if (index >= 0) {
                int to = from + place * examples;
                SparseRows.addScaled(weights.values()[entry], x, index * examples, y, to, examples);
            }
        }
    }
}
