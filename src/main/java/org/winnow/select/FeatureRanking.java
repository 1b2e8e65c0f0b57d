package org.winnow.select;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.winnow.data.Block;
import org.winnow.kernel.Noise;
import org.winnow.rank.ForwardPath;
import org.winnow.rank.NormalScores;
import org.winnow.rank.Path;
import org.winnow.rank.PathOptions;
import org.winnow.rank.Sample;
import org.winnow.train.TrainingData;

/**
 * The features in the order in which they help to tell the label, from training rows alone, with no price to choose: a
 * {@link ForwardPath} over the normal scores of the inputs.
 */
public final class FeatureRanking {
    /** A place in the order. */
    public record Ranked(String name, double gain, double deviation) {}

    /** Keeps draws apart from those of training and of the split. */
    private static final long STREAM = 0x4A9C;

    private static final long SAMPLING = 0;
    private static final long HALVES = 1;
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_NUMBERS = 1 << 25;

    private FeatureRanking() {}

    /**
     * Ranks features, or groups of them. At most 20,000 rows, and as many as have 33 million inputs, are looked at.
     *
     * @param groups of features that share a gate, as in {@code gates.groups}; empty: each has its own
     */
    public static List<Ranked> of(TrainingData data, Map<String, List<String>> groups, long seed) {
        Grouping grouping = Grouping.of(data.schema(), data.dropped(), groups);
        Path path = path(data, grouping, seed);
        return IntStream.range(0, path.order().length)
                .mapToObj(place -> new Ranked(
                        grouping.names().get(path.order()[place]), path.gains()[place], path.deviations()[place]))
                .toList();
    }

    /** The path through gates that are there already. */
    static Path path(TrainingData data, Grouping grouping, long seed) {
        Noise noise = Noise.of(seed).child(STREAM);
        int[] gateOfInput = grouping.gateOfInput(data.schema());
        long rows = Math.max(2, Math.min(MOST_ROWS, MOST_NUMBERS / gateOfInput.length));
        double share = Math.min(1, (double) rows / data.trainRows());
        List<Block> drawn = data.shards().sample(share, noise.child(SAMPLING));
        Sample sample = sample(drawn, gateOfInput, data.schema().classes().size());
        return ForwardPath.of(sample, PathOptions.of(sample), noise.child(HALVES));
    }

    private static Sample sample(List<Block> blocks, int[] gateOfInput, int classes) {
        int rows = blocks.stream().mapToInt(Block::rows).sum();
        float[] inputs = new float[rows * gateOfInput.length];
        float[] targets = new float[rows];
        double[] weights = new double[rows];
        Arrays.fill(weights, 1);
        int from = 0;
        for (Block block : blocks) {
            System.arraycopy(block.inputs(), 0, inputs, from * gateOfInput.length, block.inputs().length);
            System.arraycopy(block.targets(), 0, targets, from, block.rows());
            for (int row = 0; row < block.weights().length; row++) {
                weights[from + row] = block.weights()[row];
            }
            from += block.rows();
        }
        float[] scores = NormalScores.of(inputs, rows, gateOfInput.length);
        return new Sample(rows, gateOfInput, scores, classes, targets, weights);
    }
}
