package org.winnow.select;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.pairs.PairOptions;
import org.winnow.pairs.PairScreen;
import org.winnow.rank.Alike;
import org.winnow.rank.Copies;
import org.winnow.rank.ForwardPath;
import org.winnow.rank.Halves;
import org.winnow.rank.NormalScores;
import org.winnow.rank.Path;
import org.winnow.rank.PathOptions;
import org.winnow.rank.Sample;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Shards;
import org.winnow.train.TrainingData;

/**
 * The features in the order in which they help to tell the label, from training rows alone, with no price to choose: a
 * {@link ForwardPath} over the normal scores of the inputs, and, where rows are enough to say that a network orders better,
 * the order in which one can do without them ({@link Descent}).
 */
public final class FeatureRanking {
    /** A place in the order. */
    public record Ranked(String name, double gain, double deviation) {}

    /** Keeps draws apart from those of training and of the split. */
    private static final long STREAM = 0x4A9C;

    private static final long SAMPLING = 0;
    private static final long HALVES = 1;
    private static final long VALIDATION = 2;
    private static final long NETWORK = 3;
    private static final long SCREEN = 4;
    private static final long REPEATED = 5;
    private static final long SIZES = 6;
    /** Paths that say how far ranks go with the halves that judge. */
    private static final int REPEATS = 5;

    /** Of so many gates those that are like them are named. */
    private static final int COMPARED = 200;

    private static final int MOST_ROWS = 20_000;
    private static final int MOST_NUMBERS = 1 << 25;

    /** With fewer the rows of validation cannot tell a network's order from the path's. */
    private static final int LEAST_ROWS_TO_COMPARE = 200;

    private static final double FIT_SHARE = 0.75;
    /** Networks that vote on the order once all rows may be looked at. */
    private static final int NETWORKS = 3;

    /**
     * Ranks features, or groups of them. At most 20,000 rows, and as many as have 33 million inputs, are looked at.
     *
     * @param groups of features that share a gate, as in {@code gates.groups}; empty: each has its own
     * @param network whose order is compared with the path's
     */
    public static List<Ranked> of(
            TrainingData data, Map<String, List<String>> groups, NetworkOptions network, long seed) {
        Grouping grouping = Grouping.of(data.schema(), data.dropped(), groups);
        Ranking ranking = of(data, grouping, network, false, seed);
        return IntStream.range(0, ranking.order().length)
                .mapToObj(place -> new Ranked(
                        grouping.names().get(ranking.order()[place]),
                        ranking.gains()[ranking.order()[place]],
                        ranking.deviations()[ranking.order()[place]]))
                .toList();
    }

    /** Places of gates on the forward path alone, from 0. */
    static int[] placesOnPath(TrainingData data, Grouping grouping, long seed) {
        Noise noise = Noise.of(seed).child(STREAM);
        Sample sample = sample(
                rows(data, grouping, noise),
                grouping.gateOfInput(data.schema()),
                data.schema().classes().size());
        return Ranking.places(path(sample, Copies.of(sample), noise).order());
    }

    /**
     * Ranks gates that are there already.
     *
     * @param sizes whether it is asked what the first one, two, … are worth
     */
    static Ranking of(TrainingData data, Grouping grouping, NetworkOptions network, boolean sizes, long seed) {
        Noise noise = Noise.of(seed).child(STREAM);
        int[] gateOfInput = grouping.gateOfInput(data.schema());
        Block rows = rows(data, grouping, noise);
        Sample sample = sample(rows, gateOfInput, data.schema().classes().size());
        int[] copyOf = Copies.of(sample);
        PairScreen screen = PairScreen.of(
                data.shards(), data.head(), gateOfInput, grouping.gates(), PairOptions.usual(), noise.child(SCREEN));
        Orders orders = Orders.of(path(sample, copyOf, noise), screen, copyOf);
        Tournament tournament = new Tournament(rows, sample, data.head(), network);
        boolean[] fit = Halves.of(sample, FIT_SHARE, 1, noise.child(VALIDATION))[0];
        Ranking ranking = sample.rows() < LEAST_ROWS_TO_COMPARE
                ? byFewRows(orders, sample, noise)
                : compared(orders, rows, sample, tournament, fit, data.head(), noise);
        return sizes
                ? ranking.withSizes(tournament.sizes(
                        orders, ranking.order(), fit, noise.child(SIZES).key()))
                : ranking;
    }

    /** The order that does best on rows which none of them has seen. */
    private static Ranking compared(
            Orders orders, Block rows, Sample sample, Tournament tournament, boolean[] fit, Head head, Noise noise) {
        int[] copyOf = orders.copyOf();
        Orders ofFit = ofRows(rows, sample, fit, head, copyOf, noise);
        Tournament.Winner winner = tournament.winner(
                ofFit, orders.path().useful(), fit, noise.child(NETWORK).key());
        return switch (winner.by()) {
            case PATH ->
                ranking(
                        Ranking.By.PATH,
                        orders,
                        orders.byPath(),
                        repeated(sample, copyOf, noise),
                        winner.useful(),
                        sample);
            case SCREEN ->
                ranking(
                        Ranking.By.SCREEN,
                        orders,
                        orders.byScreen(),
                        List.of(ofFit.byScreen()),
                        winner.useful(),
                        sample);
            case NETWORK -> {
                List<int[]> votes = LongStream.range(0, NETWORKS)
                        .mapToObj(member -> tournament.byNetwork(
                                orders, winner, noise.child(NETWORK, member).key()))
                        .toList();
                yield ranking(Ranking.By.NETWORK, orders, joined(votes), votes, winner.useful(), sample);
            }
        };
    }

    /** Rows to look at, all or a part. */
    private static Block rows(TrainingData data, Grouping grouping, Noise noise) {
        long most = Math.max(2, Math.min(MOST_ROWS, MOST_NUMBERS / grouping.gateOfInput(data.schema()).length));
        double share = Math.min(1, (double) most / data.trainRows());
        return together(data.shards().sample(share, noise.child(SAMPLING)));
    }

    /** The path, or what is sure where the path finds nothing. */
    private static Ranking byFewRows(Orders orders, Sample sample, Noise noise) {
        int useful = orders.path().useful();
        return useful == 0 && orders.sure().length > 0
                ? ranking(Ranking.By.SCREEN, orders, orders.byScreen(), List.of(), orders.sure().length, sample)
                : ranking(
                        Ranking.By.PATH,
                        orders,
                        orders.byPath(),
                        repeated(sample, orders.copyOf(), noise),
                        useful,
                        sample);
    }

    /** Paths judged by fewer halves each. */
    private static List<int[]> repeated(Sample sample, int[] copyOf, Noise noise) {
        PathOptions options = PathOptions.of(sample).forOneOf(REPEATS);
        return LongStream.range(0, REPEATS)
                .mapToObj(repeat -> ForwardPath.of(sample, copyOf, options, noise.child(REPEATED, repeat))
                        .order())
                .toList();
    }

    /** The order of the mean logarithms of places, so that the first count most. */
    private static int[] joined(List<int[]> votes) {
        double[] places = new double[votes.get(0).length];
        for (int[] order : votes) {
            for (int place = 0; place < order.length; place++) {
                places[order[place]] += StrictMath.log(1.0 + place);
            }
        }
        return IntStream.range(0, places.length)
                .boxed()
                .sorted(Comparator.comparingDouble(gate -> places[gate]))
                .mapToInt(gate -> gate)
                .toArray();
    }

    private static Ranking ranking(
            Ranking.By by, Orders orders, int[] order, List<int[]> others, int useful, Sample sample) {
        Path path = orders.path();
        double[] gains = new double[order.length];
        double[] deviations = new double[order.length];
        int[] lowest = new int[order.length];
        int[] highest = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            gains[path.order()[place]] = path.gains()[place];
            deviations[path.order()[place]] = path.deviations()[place];
            lowest[order[place]] = place + 1;
            highest[order[place]] = place + 1;
        }
        for (int[] other : others) {
            for (int place = 0; place < other.length; place++) {
                lowest[other[place]] = Math.min(lowest[other[place]], place + 1);
                highest[other[place]] = Math.max(highest[other[place]], place + 1);
            }
        }
        int[] first = orders.first(order, COMPARED);
        List<List<Integer>> alike = Alike.of(sample, first);
        Map<Integer, List<Integer>> alikeOf =
                IntStream.range(0, first.length).boxed().collect(Collectors.toMap(i -> first[i], alike::get));
        return new Ranking(order, orders.copyOf(), gains, deviations, lowest, highest, alikeOf, useful, by, List.of());
    }

    private static Path path(Sample of, int[] copyOf, Noise noise) {
        return ForwardPath.of(of, copyOf, PathOptions.of(of), noise.child(HALVES));
    }

    /** The orders that a part of the rows suggests. */
    private static Orders ofRows(Block rows, Sample sample, boolean[] fit, Head head, int[] copyOf, Noise noise) {
        double[] weights = IntStream.range(0, sample.rows())
                .mapToDouble(row -> fit[row] ? sample.weights()[row] : 0)
                .toArray();
        Block part =
                rows.rows(IntStream.range(0, fit.length).filter(row -> fit[row]).toArray());
        Block none = new Block(0, part.columns(), new float[0], new float[0]);
        try (Shards shards = Shards.inThread(List.of(new Shard(0, part, none)))) {
            PairScreen screen = PairScreen.of(
                    shards, head, sample.gateOfInput(), sample.gates(), PairOptions.usual(), noise.child(SCREEN));
            return Orders.of(path(sample.weighted(weights), copyOf, noise), screen, copyOf);
        }
    }

    private static Block together(List<Block> blocks) {
        int rows = blocks.stream().mapToInt(Block::rows).sum();
        int columns = blocks.get(0).columns();
        float[] inputs = new float[rows * columns];
        float[] targets = new float[rows];
        boolean weighted = blocks.stream().anyMatch(block -> block.weights().length > 0);
        float[] weights = new float[weighted ? rows : 0];
        int from = 0;
        for (Block block : blocks) {
            System.arraycopy(block.inputs(), 0, inputs, from * columns, block.inputs().length);
            System.arraycopy(block.targets(), 0, targets, from, block.rows());
            System.arraycopy(block.weights(), 0, weights, weighted ? from : 0, block.weights().length);
            from += block.rows();
        }
        return new Block(rows, columns, inputs, targets, weights);
    }

    private static Sample sample(Block rows, int[] gateOfInput, int classes) {
        float[] scores = NormalScores.of(rows.inputs(), rows.rows(), gateOfInput.length);
        double[] weights = new double[rows.rows()];
        Arrays.setAll(weights, row -> rows.weights().length == 0 ? 1 : rows.weights()[row]);
        return new Sample(rows.rows(), gateOfInput, scores, classes, rows.targets(), weights);
    }
}
