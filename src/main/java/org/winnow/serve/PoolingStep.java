package org.winnow.serve;

import org.winnow.check.Check;

/**
 * The largest number that a kernel sees of a channel, or the mean of them.
 *
 * @param grid without padding
 * @param mean whether it is the mean
 */
public record PoolingStep(Grid grid, boolean mean) implements Step {
    public PoolingStep {
        boolean padded = grid.rows().padding() > 0 || grid.columns().padding() > 0;
        Check.that(!padded, "pooling", "without padding", grid);
    }

    @Override
    public int inputs() {
        return grid.numbers();
    }

    @Override
    public int outputs() {
        return grid.channels() * grid.places();
    }

    @Override
    public void apply(float[] x, int examples, float[] y) {
        for (int channel = 0; channel < grid.channels(); channel++) {
            for (int place = 0; place < grid.places(); place++) {
                int to = (channel * grid.places() + place) * examples;
                System.arraycopy(x, grid.index(channel, place, 0) * examples, y, to, examples);
                for (int position = 1; position < grid.positions(); position++) {
                    take(x, grid.index(channel, place, position) * examples, y, to, examples);
                }
                for (int i = to; mean && i < to + examples; i++) {
                    y[i] /= grid.positions();
                }
            }
        }
    }

    private void take(float[] x, int from, float[] y, int to, int examples) {
        for (int i = 0; i < examples; i++) {
            y[to + i] = mean ? y[to + i] + x[from + i] : Math.max(y[to + i], x[from + i]);
        }
    }
}
