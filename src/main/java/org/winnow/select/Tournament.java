package org.winnow.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.winnow.data.Block;
import org.winnow.model.Score;
import org.winnow.rank.Sample;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.SideBySide;

/**
 * Compares orders of gates on rows that none of them has seen. The path is believed, as it needs the fewest rows, until
 * another order is better: that of a screen which sees interactions, or that of a network that loses gates by and by, from
 * many or from those that the screen is sure of.
 */
final class Tournament {
    /** A network begins with so many gates at most. */
    private static final int CANDIDATES = 200;

    /** Sizes that are shown one by one. */
    private static final int MOST_SIZES = 100;

    /**
     * What has won.
     *
     * @param fromScreen whether a network begins with the first of the screen's order, or else of the path's
     * @param amongSure whether a network begins with what the screen is sure of alone
     * @param order of all gates, as the rows to fit have it
     * @param useful gates that tell as much as any number of them, as far as the rows can say; 0: nothing helps
     */
    record Winner(Ranking.By by, boolean fromScreen, boolean amongSure, int[] order, int useful) {}

    private final Block rows;
    private final Sample sample;
    private final Head head;
    private final NetworkOptions network;
    private final SideBySide sideBySide;

    /**
     * Rows to compare by.
     *
     * @param rows as a network is given them
     * @param sample the same rows
     */
    Tournament(Block rows, Sample sample, Head head, NetworkOptions network, SideBySide sideBySide) {
        this.rows = rows;
        this.sample = sample;
        this.head = head;
        this.network = network;
        this.sideBySide = sideBySide;
    }

    /**
     * The order to believe.
     *
     * @param orders of the rows to fit
     * @param onPath gates that are of use as the path over all rows has it
     * @param fit which rows these are; the others judge
     */
    Winner winner(Orders orders, int onPath, boolean[] fit, long seed) {
        int[] judges = IntStream.range(0, fit.length).filter(row -> !fit[row]).toArray();
        Contest contest = new Contest(weightsOf(judges, sample.balanced()));
        int[] sure = orders.sure();
        Supplier<Contender> path = () -> along(Ranking.By.PATH, false, orders.byPath(), orders, fit, seed);
        Supplier<Contender> screen = () -> along(Ranking.By.SCREEN, true, orders.byScreen(), orders, fit, seed);
        Supplier<Contender> fromPath = () -> free(false, orders.first(orders.byPath(), CANDIDATES), fit, seed);
        Supplier<Contender> fromScreen = () -> free(true, orders.first(orders.byScreen(), CANDIDATES), fit, seed);
        Contender believed;
        if (sure.length == 0) {
            List<Contender> both = sideBySide.all(List.of(path, fromPath));
            believed = better(contest, both.get(1), both.get(0));
        } else {
            List<Contender> given = sideBySide.all(List.of(path, screen));
            believed = better(contest, given.get(1), given.get(0));
            List<Supplier<Contender>> shrinking = new ArrayList<>();
            shrinking.add(believed.fromScreen() ? fromScreen : fromPath);
            if (sure.length > 1 && sure.length < CANDIDATES) {
                shrinking.add(() -> free(true, sure, fit, seed));
            }
            for (Contender challenger : sideBySide.all(shrinking)) {
                believed = better(contest, challenger, believed);
            }
        }
        boolean amongSure = believed.by() == Ranking.By.NETWORK && believed.begin() == sure;
        boolean helps = new Contest(weightsOf(judges, sample.weights())).helps(believed.result(), without(fit, judges));
        int useful =
                believed.by() == Ranking.By.PATH && onPath > 0 ? onPath : helps ? contest.useful(believed.result()) : 0;
        int[] order = completed(
                believed.result().order(), amongSure ? orders.screened() : base(orders, believed.fromScreen()));
        return new Winner(believed.by(), believed.fromScreen(), amongSure, order, useful);
    }

    /** An order, and what became of it. */
    private record Contender(Ranking.By by, boolean fromScreen, int[] begin, Descent.Result result) {}

    private static Contender better(Contest contest, Contender challenger, Contender believed) {
        return contest.isBetter(challenger.result(), believed.result()) ? challenger : believed;
    }

    /** The first of an order, as many as sizes are compared at. */
    private Contender along(Ranking.By by, boolean fromScreen, int[] order, Orders orders, boolean[] fit, long seed) {
        int[] begin = orders.first(order, Contest.MOST_GATES);
        return new Contender(
                by,
                fromScreen,
                begin,
                Descent.along(rowsOf(begin, fit), begin, Descent.Pace.BY_SHARES, head, network, seed));
    }

    private Contender free(boolean fromScreen, int[] begin, boolean[] fit, long seed) {
        return new Contender(
                Ranking.By.NETWORK, fromScreen, begin, Descent.free(rowsOf(begin, fit), begin, head, network, seed));
    }

    private static double[] weightsOf(int[] rows, double[] weights) {
        return Arrays.stream(rows).mapToDouble(row -> weights[row]).toArray();
    }

    /** What each number of the first gates is worth on the rows that judge, up to so many. */
    List<Score> sizes(Orders orders, int[] order, boolean[] fit, long seed) {
        int[] begin = orders.first(order, MOST_SIZES);
        List<Score> sizes = new ArrayList<>();
        Descent.along(rowsOf(begin, fit), begin, Descent.Pace.ONE_BY_ONE, head, network, seed)
                .stages()
                .forEach(stage -> sizes.add(0, stage.score()));
        return sizes;
    }

    /** The order of a network that has seen all rows. */
    int[] byNetwork(Orders orders, Winner winner, long seed) {
        int[] base = base(orders, winner.fromScreen());
        int[] begin = orders.first(base, winner.amongSure() ? orders.sure().length : CANDIDATES);
        boolean[] all = new boolean[sample.rows()];
        Arrays.fill(all, true);
        int[] order =
                Descent.free(rowsOf(begin, all), begin, head, network, seed).order();
        // Where what the path adds to the sure gates is of no use to a network, it says nothing of the rest either.
        return completed(order, winner.amongSure() ? orders.screened() : base);
    }

    private static int[] base(Orders orders, boolean fromScreen) {
        return fromScreen ? orders.byScreen() : orders.byPath();
    }

    /** An order of some gates, then the others as another order has them. */
    private static int[] completed(int[] order, int... base) {
        boolean[] ranked = new boolean[base.length];
        Arrays.stream(order).forEach(gate -> ranked[gate] = true);
        return IntStream.concat(Arrays.stream(order), Arrays.stream(base).filter(gate -> !ranked[gate]))
                .toArray();
    }

    /** Losses of answers that do not look at the gates: the shares of the classes, or the mean. */
    private double[] without(boolean[] fit, int... judges) {
        double[] answer = new double[head.width()];
        double weight = 0;
        for (int row = 0; row < fit.length; row++) {
            if (fit[row]) {
                weight += sample.weights()[row];
                for (int output = 0; output < answer.length; output++) {
                    answer[output] += sample.weights()[row] * Descent.target(head, rows.targets()[row], output);
                }
            }
        }
        double sum = weight;
        return Arrays.stream(judges)
                .mapToDouble(row -> IntStream.range(0, answer.length)
                        .mapToDouble(output -> answer[output] / sum - Descent.target(head, rows.targets()[row], output))
                        .map(error -> error * error)
                        .sum())
                .toArray();
    }

    /** Rows of some gates, those to fit and those to validate by. */
    private Descent.Rows rowsOf(int[] gates, boolean[] fit) {
        int[] sorted = Arrays.stream(gates).sorted().toArray();
        int[] gateOfInput = sample.gateOfInput();
        int[] inputs = IntStream.range(0, gateOfInput.length)
                .filter(input -> Arrays.binarySearch(sorted, gateOfInput[input]) >= 0)
                .toArray();
        Block narrow = rows.keep(inputs);
        return new Descent.Rows(
                Arrays.stream(inputs).map(input -> gateOfInput[input]).toArray(),
                narrow.rows(
                        IntStream.range(0, fit.length).filter(row -> fit[row]).toArray()),
                narrow.rows(
                        IntStream.range(0, fit.length).filter(row -> !fit[row]).toArray()));
    }
}
