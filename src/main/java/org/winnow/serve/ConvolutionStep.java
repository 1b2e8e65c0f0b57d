package org.winnow.serve;

import java.util.Arrays;
import org.winnow.check.Check;
import org.winnow.kernel.Entries;
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
        int across = grid.columns().places();
        for (int filter = 0; filter < weights.rows(); filter++) {
            int count = weights.starts()[filter + 1] - weights.starts()[filter];
            int most = Math.multiplyExact(count, across);
            Entries seen = new Entries(new int[across + 1], new int[most], new float[most]);
            int[] kernelColumns = kernelColumns(filter);
            int[] rows = new int[count];
            for (int row = 0; row < grid.rows().places(); row++) {
                int first = (filter * grid.places() + row * across) * examples;
                Arrays.fill(y, first, first + across * examples, bias[filter]);
                see(filter, row, kernelColumns, rows, seen);
                seen.addProduct(x, y, first, examples);
            }
        }
    }

    /** Which column of the kernel each weight of a filter belongs to. */
    private int[] kernelColumns(int filter) {
        return Arrays.stream(weights.indices(), weights.starts()[filter], weights.starts()[filter + 1])
                .map(index -> index % grid.columns().kernel())
                .toArray();
    }

    /**
     * Sets, for each place of a row of them, what a filter multiplies there.
     *
     * @param rows room for the image's rows that its weights see
     */
    private void see(int filter, int rowOfPlaces, int[] kernelColumns, int[] rows, Entries seen) {
        int from = weights.starts()[filter];
        for (int i = 0; i < rows.length; i++) {
            int index = weights.indices()[from + i];
            rows[i] = grid.row(index / grid.positions(), rowOfPlaces, index % grid.positions());
        }
        Grid.Axis columns = grid.columns();
        int next = 0;
        for (int place = 0; place < columns.places(); place++) {
            for (int i = 0; i < rows.length; i++) {
                int column = columns.at(place, kernelColumns[i]);
                if (rows[i] >= 0 && columns.holds(column)) {
                    seen.indices()[next] = rows[i] + column;
                    seen.values()[next] = weights.values()[from + i];
                    next++;
                }
            }
            seen.starts()[place + 1] = next;
        }
    }
}
