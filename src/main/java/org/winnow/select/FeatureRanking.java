package org.winnow.select;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import org.winnow.train.SideBySide;
import org.winnow.train.TrainingData;

/**
 * The features in the order in which they help to tell the label, from training rows alone, with no price to choose: a
 * {@link ForwardPath} over the normal scores of the inputs, or, where rows are enough to say that it orders better, a
 * {@link PairScreen} or the order in which a network can do without them ({@link Tournament}).
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

    /** More are ordered one after the other, as each order has matrices of its own. */
    private static final int MOST_NUMBERS_TO_ORDER_TWICE = 1 << 23;

    /** With fewer the rows of validation cannot tell a network's order from the path's. */
    private static final int LEAST_ROWS_TO_COMPARE = 200;

    /** The sums of so few rows take longer to collect from shards than to compute. */
    private static final int MOST_ROWS_TO_SCREEN_AT_HAND = 2_000;

    private static final double FIT_SHARE = 0.75;

    private final Block rows;
    private final Sample sample;
    private final Head head;
    private final int[] copyOf;
    private final Noise noise;
    private final Consumer<RankingStep> steps;
    private final SideBySide sideBySide;

    private FeatureRanking(TrainingData data, Grouping grouping, long seed, Consumer<RankingStep> steps) {
        this.steps = steps;
        sideBySide = new SideBySide(data.shards().threads());
        noise = Noise.of(seed).child(STREAM);
        head = data.head();
        int[] gateOfInput = grouping.gateOfInput(data.schema());
        long most = Math.max(2, Math.min(MOST_ROWS, MOST_NUMBERS / gateOfInput.length));
        double share = Math.min(1, (double) most / data.trainRows());
        rows = together(data.shards().sample(share, noise.child(SAMPLING)));
        sample = sample(rows, gateOfInput, data.schema().classes().size());
        copyOf = Copies.of(sample);
    }

    /**
     * Ranks features, or groups of them. At most 20,000 rows, and as many as have 33 million inputs, are looked at.
     *
     * @param groups of features that share a gate, as in {@code gates.groups}; empty: each has its own
     * @param network whose order is compared with the path's
     */
    public static List<Ranked> of(
            TrainingData data, Map<String, List<String>> groups, NetworkOptions network, long seed) {
        Grouping grouping = Grouping.of(data.schema(), data.dropped(), groups);
        Ranking ranking = of(data, grouping, network, false, seed, step -> {});
        return IntStream.range(0, ranking.order().length)
                .mapToObj(place -> new Ranked(
                        grouping.names().get(ranking.order()[place]),
                        ranking.gains()[ranking.order()[place]],
                        ranking.deviations()[ranking.order()[place]]))
                .toList();
    }

    /** Places of gates on the forward path alone, from 0. */
    static int[] placesOnPath(TrainingData data, Grouping grouping, long seed) {
        FeatureRanking ranking = new FeatureRanking(data, grouping, seed, step -> {});
        return Ranking.places(ranking.path(ranking.sample).order());
    }

    /**
     * Ranks gates that are there already.
     *
     * @param sizes whether it is asked what the first one, two, … are worth
     * @param steps hears what is begun
     */
    static Ranking of(
            TrainingData data,
            Grouping grouping,
            NetworkOptions network,
            boolean sizes,
            long seed,
            Consumer<RankingStep> steps) {
        FeatureRanking ranking = new FeatureRanking(data, grouping, seed, steps);
        return ranking.rank(data, network, sizes);
    }

    private Ranking rank(TrainingData data, NetworkOptions network, boolean sizes) {
        Tournament tournament = new Tournament(rows, sample, head, network, sideBySide);
        boolean[] fit = Halves.of(sample, FIT_SHARE, 1, noise.child(VALIDATION))[0];
        boolean atHand = data.trainRows() <= Math.min(MOST_ROWS_TO_SCREEN_AT_HAND, rows.rows());
        Supplier<Orders> ofAll = () -> atHand ? orders(rows, sample) : orders(data.shards(), sample);
        Orders orders;
        Ranking ranking;
        if (sample.rows() < LEAST_ROWS_TO_COMPARE) {
            orders = ofAll.get();
            ranking = byFewRows(orders);
        } else {
            SideBySide both = rows.inputs().length <= MOST_NUMBERS_TO_ORDER_TWICE ? sideBySide : new SideBySide(1);
            List<Orders> ofAllAndOfFit = both.all(List.of(ofAll, () -> ordersOf(fit)));
            orders = ofAllAndOfFit.get(0);
            ranking = compared(orders, ofAllAndOfFit.get(1), tournament, fit);
        }
        if (!sizes) {
            return ranking;
        }
        steps.accept(RankingStep.SIZES);
        return ranking.withSizes(tournament.sizes(
                orders, ranking.order(), fit, noise.child(SIZES).key()));
    }

    /** The order that does best on rows which none of them has seen. */
    private Ranking compared(Orders orders, Orders ofFit, Tournament tournament, boolean[] fit) {
        steps.accept(RankingStep.COMPARISON);
        Tournament.Winner winner = tournament.winner(
                ofFit, orders.path().useful(), fit, noise.child(NETWORK).key());
        return switch (winner.by()) {
            case PATH -> ranking(Ranking.By.PATH, orders, orders.byPath(), repeated(), winner.useful());
            case SCREEN ->
                ranking(Ranking.By.SCREEN, orders, orders.byScreen(), List.of(winner.order()), winner.useful());
            case NETWORK -> {
                steps.accept(RankingStep.NETWORK);
                // One network's order, not that of several joined: which of two alike is kept has to fit to the others.
                int[] order = tournament.byNetwork(
                        orders, winner, noise.child(NETWORK, 0).key());
                yield ranking(Ranking.By.NETWORK, orders, order, List.of(winner.order()), winner.useful());
            }
        };
    }

    /** The path, or what is sure where the path finds nothing. */
    private Ranking byFewRows(Orders orders) {
        int useful = orders.path().useful();
        return useful == 0 && orders.sure().length > 0
                ? ranking(Ranking.By.SCREEN, orders, orders.byScreen(), List.of(), orders.sure().length)
                : ranking(Ranking.By.PATH, orders, orders.byPath(), repeated(), useful);
    }

    /** Paths judged by fewer halves each. */
    private List<int[]> repeated() {
        steps.accept(RankingStep.SPREAD);
        PathOptions options = PathOptions.of(sample).forOneOf(REPEATS);
        return sideBySide.all(LongStream.range(0, REPEATS)
                .<Supplier<int[]>>mapToObj(
                        repeat -> () -> ForwardPath.of(sample, copyOf, options, noise.child(REPEATED, repeat))
                                .order())
                .toList());
    }

    private Ranking ranking(Ranking.By by, Orders orders, int[] order, List<int[]> others, int useful) {
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
        return new Ranking(order, copyOf, gains, deviations, lowest, highest, alikeOf, useful, by, List.of());
    }

    private Path path(Sample of) {
        steps.accept(RankingStep.PATH);
        return ForwardPath.of(of, copyOf, PathOptions.of(of), noise.child(HALVES));
    }

    /** The orders that rows suggest, to the screen on shards and to the path in a sample. */
    private Orders orders(Shards shards, Sample of) {
        steps.accept(RankingStep.SCREEN);
        PairScreen screen = PairScreen.of(
                shards, head, sample.gateOfInput(), sample.gates(), PairOptions.usual(), noise.child(SCREEN));
        return Orders.of(path(of), screen, copyOf);
    }

    /** The orders that a part of the rows suggests. */
    private Orders ordersOf(boolean[] part) {
        double[] weights = IntStream.range(0, sample.rows())
                .mapToDouble(row -> part[row] ? sample.weights()[row] : 0)
                .toArray();
        Block kept = rows.rows(
                IntStream.range(0, part.length).filter(row -> part[row]).toArray());
        return orders(kept, sample.weighted(weights));
    }

    private Orders orders(Block block, Sample of) {
        Block none = new Block(0, block.columns(), new float[0], new float[0]);
        try (Shards shards = Shards.inThread(List.of(new Shard(0, block, none)))) {
            return orders(shards, of);
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
