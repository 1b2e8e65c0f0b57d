package org.winnow.pairs;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Normal;
import org.winnow.train.Head;
import org.winnow.train.Shards;

/**
 * Ranks of the training rows that weigh anything, in every column, in (-1, 1): {@code 2 (rank - 1/2) / rows - 1}, equal values
 * sharing the mean of theirs. No column is sorted as a whole. A sample of rows says where to divide a column into at most
 * {@value #MOST_BINS} bins (fewer where columns are many), all rows are counted into them, and the values of a bin share a
 * rank; so ranks are exact where a column has as few values. A target that is a number becomes its normal scores, in
 * {@value #BINS_OF_TARGET} bins.
 *
 * @param cuts of each column, ascending: where all bins but the first begin
 * @param ranks of each column's bins
 * @param scores of the target's bins, its cuts being the last; empty of classes
 */
record Ranks(float[][] cuts, float[][] ranks, float[] scores) implements Serializable {
    private static final int MOST_BINS = 128;
    private static final int LEAST_BINS = 16;
    private static final int BINS_OF_ALL = 1 << 20;
    private static final int BINS_OF_TARGET = 1024;
    private static final int MOST_ROWS = 4096;
    private static final int LEAST_ROWS = 64;
    private static final int NUMBERS_OF_SAMPLE = 1 << 24;

    /** Ranks, and how many rows each bin of the columns has. */
    record Counted(Ranks ranks, double[][] counts) {}

    /**
     * Those of shards.
     *
     * @param rows in all shards, of whatever weight
     */
    static Counted of(Shards shards, Head head, int inputs, double rows, Noise noise) {
        int wanted = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, NUMBERS_OF_SAMPLE / inputs));
        List<Block> sample = shards.sample(Math.min(1, wanted / rows), noise);
        int bins = Math.max(LEAST_BINS, Math.min(MOST_BINS, BINS_OF_ALL / inputs));
        float[][] cuts = new float[inputs + (head.regression() ? 1 : 0)][];
        for (int column = 0; column < cuts.length; column++) {
            cuts[column] = cuts(column(sample, column), column < inputs ? bins : BINS_OF_TARGET);
        }
        Ranks bare = new Ranks(cuts, new float[0][], new float[0]);
        int[] starts = bare.starts();
        double[] sums = shards.sums(shard -> bare.counts(shard.train(), starts));
        double[][] counts = new double[cuts.length][];
        float[][] ranks = new float[cuts.length][];
        for (int column = 0; column < cuts.length; column++) {
            counts[column] = Arrays.copyOfRange(sums, starts[column], starts[column + 1]);
            ranks[column] = ranks(counts[column]);
        }
        float[] scores = head.regression() ? scores(ranks[inputs], counts[inputs]) : new float[0];
        return new Counted(new Ranks(cuts, Arrays.copyOf(ranks, inputs), scores), Arrays.copyOf(counts, inputs));
    }

    /** The sorted values of a column; of the one after the last input the targets. */
    private static float[] column(List<Block> sample, int column) {
        float[] values = new float[sample.stream().mapToInt(Block::rows).sum()];
        int count = 0;
        for (Block block : sample) {
            for (int row = 0; row < block.rows(); row++) {
                if (block.weight(row) > 0) {
                    // Both zeros are one.
                    values[count++] = value(block, row, column) + 0f;
                }
            }
        }
        float[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static float value(Block block, int row, int column) {
        return column < block.columns() ? block.inputs()[row * block.columns() + column] : block.targets()[row];
    }

    /** Beginnings of at most so many bins, each as full as the others or of one value. */
    private static float[] cuts(float[] sorted, int bins) {
        float[] cuts = new float[sorted.length];
        int distinct = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] > sorted[i - 1]) {
                cuts[distinct++] = sorted[i];
            }
        }
        if (distinct < bins) {
            return Arrays.copyOf(cuts, distinct);
        }
        int count = 0;
        for (int bin = 1; bin < bins; bin++) {
            int at = (int) ((long) bin * sorted.length / bins);
            float cut = sorted[at];
            if (cut > sorted[0] && (count == 0 || cut > cuts[count - 1])) {
                cuts[count++] = cut;
            }
        }
        return Arrays.copyOf(cuts, count);
    }

    private int[] starts() {
        int[] starts = new int[cuts.length + 1];
        for (int column = 0; column < cuts.length; column++) {
            starts[column + 1] = starts[column] + cuts[column].length + 1;
        }
        return starts;
    }

    private double[] counts(Block block, int... starts) {
        double[] counts = new double[starts[starts.length - 1]];
        for (int row = 0; row < block.rows(); row++) {
            if (block.weight(row) > 0) {
                for (int column = 0; column < cuts.length; column++) {
                    counts[starts[column] + bin(column, value(block, row, column))]++;
                }
            }
        }
        return counts;
    }

    /** How many of a column's cuts are at most the value. */
    private int bin(int column, float value) {
        float[] own = cuts[column];
        int from = 0;
        int to = own.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (own[middle] <= value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static float[] ranks(double... counts) {
        double rows = Arrays.stream(counts).sum();
        float[] ranks = new float[counts.length];
        double below = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            ranks[bin] = (float) ((2 * below + counts[bin]) / rows - 1);
            below += counts[bin];
        }
        return ranks;
    }

    /** Normal quantiles of ranks, with mean 0 and deviation 1 over the rows; all 0 of one value. */
    private static float[] scores(float[] ranks, double[] counts) {
        double rows = Arrays.stream(counts).sum();
        double[] scores = new double[ranks.length];
        double mean = 0;
        for (int bin = 0; bin < scores.length; bin++) {
            // A bin without rows may lie at an end.
            scores[bin] = counts[bin] > 0 ? Normal.quantile((ranks[bin] + 1.0) / 2) : 0;
            mean += scores[bin] * counts[bin] / rows;
        }
        double variance = 0;
        for (int bin = 0; bin < scores.length; bin++) {
            variance += (scores[bin] - mean) * (scores[bin] - mean) * counts[bin] / rows;
        }
        float[] standard = new float[ranks.length];
        for (int bin = 0; bin < standard.length; bin++) {
            standard[bin] = variance > 0 ? (float) ((scores[bin] - mean) / Math.sqrt(variance)) : 0;
        }
        return standard;
    }

    /** The training rows that weigh anything, every input its rank, a target that is a number its score. */
    Shard of(Shard shard) {
        Block block = shard.train();
        int columns = block.columns();
        int rows = 0;
        for (int row = 0; row < block.rows(); row++) {
            rows += block.weight(row) > 0 ? 1 : 0;
        }
        float[] inputs = new float[rows * columns];
        float[] targets = new float[rows];
        float[] weights = new float[block.weights().length == 0 ? 0 : rows];
        for (int row = 0, to = 0; row < block.rows(); row++) {
            if (block.weight(row) > 0) {
                for (int column = 0; column < columns; column++) {
                    inputs[to * columns + column] = ranks[column][bin(column, value(block, row, column))];
                }
                float target = block.targets()[row];
                targets[to] = scores.length == 0 ? target : scores[bin(columns, target)];
                if (weights.length > 0) {
                    weights[to] = block.weights()[row];
                }
                to++;
            }
        }
        Block none = new Block(0, columns, new float[0], new float[0]);
        return new Shard(shard.index(), new Block(rows, columns, inputs, targets, weights), none);
    }
}
