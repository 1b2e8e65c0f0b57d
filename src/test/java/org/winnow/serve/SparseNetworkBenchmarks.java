package org.winnow.serve;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.winnow.kernel.Microseconds;
import org.winnow.kernel.Noise;
import org.winnow.kernel.SparseRows;

/** Answers of pruned networks, weights kept at random. */
public class SparseNetworkBenchmarks extends Microseconds {
    private static final int PIXELS = 784;

    /** The network. */
    @SuppressWarnings("ImmutableEnumChecker") // Nobody changes its arrays.
    public enum Pruned {
        LENET300_OF_1_PERCENT(List.of(fully(300, PIXELS, 0.01), relu(300), fully(100, 300, 0.03), relu(100), TEN)),
        LENET300_OF_10_PERCENT(List.of(fully(300, PIXELS, 0.1), relu(300), fully(100, 300, 0.1), relu(100), TEN)),
        /** The shares of each layer that sparse variational dropout leaves (Molchanov et al. 2017, arXiv:1701.05369). */
        LENET5(List.of(
                convolution(20, grid(1, 28, 5, 1), 0.33),
                relu(20 * 24 * 24),
                new PoolingStep(grid(20, 24, 2, 2), false),
                convolution(50, grid(20, 12, 5, 1), 0.02),
                relu(50 * 8 * 8),
                new PoolingStep(grid(50, 8, 2, 2), false),
                fully(500, 800, 0.002),
                relu(500),
                fully(10, 500, 0.05)));

        private final SparseNetwork network;

        Pruned(List<Step> steps) {
            network = new SparseNetwork(PIXELS, IntStream.range(0, PIXELS).toArray(), steps);
        }
    }

    private static final Step TEN = fully(10, 100, 0.4);

    @Param
    public Pruned pruned = Pruned.LENET5;

    private final float[] rows = new float[1000 * PIXELS];
    private float[] row = new float[PIXELS];

    /** Draws the rows. */
    @Setup
    public void draw() {
        Noise.of(1).uniform(rows, 0);
        row = Arrays.copyOf(rows, PIXELS);
    }

    @Benchmark
    public float[] thousandRows() {
        return pruned.network.answer(rows);
    }

    @Benchmark
    public float[] singleRow() {
        return pruned.network.answer(row);
    }

    private static Step fully(int outputs, int inputs, double kept) {
        return new LinearStep(weights(outputs, inputs, kept), new float[outputs]);
    }

    private static Step relu(int numbers) {
        return new PointwiseStep(Pointwise.RELU, numbers);
    }

    private static Step convolution(int filters, Grid grid, double kept) {
        return new ConvolutionStep(
                grid, weights(filters, grid.channels() * grid.positions(), kept), new float[filters]);
    }

    private static Grid grid(int channels, int size, int kernel, int stride) {
        Grid.Axis axis = new Grid.Axis(size, kernel, stride, 0, 1);
        return new Grid(channels, axis, axis);
    }

    private static SparseRows weights(int outputs, int inputs, double kept) {
        double[] uniform = new double[outputs * inputs];
        Noise.of(outputs).uniform(uniform, 0);
        return SparseRows.of(
                Arrays.stream(uniform).map(u -> u < kept ? u - kept / 2 : 0).toArray(), outputs, inputs);
    }
}
