package org.winnow.select;

import java.util.List;
import java.util.Map;
import org.winnow.model.Score;

/**
 * All gates, the most helpful first.
 *
 * @param order the gates
 * @param copyOf for each gate the one whose values it repeats, or -1; copies come last
 * @param gains for each gate the share of the squared error that it took away, at its place on the forward path, on rows
 *     that did not fit it
 * @param deviations of the gains over halves of the rows
 * @param lowest of each gate's ranks, from 1, in orders that other halves of the rows, or other networks, suggest
 * @param highest of the same
 * @param alike gates that are like some of the first
 * @param useful how many of the first tell as much as any number of them, as far as the rows can say; 0: nothing helps
 * @param by what ordered them
 * @param sizes what the first one, two, … are worth on training rows that a network did not learn from; empty if that was
 *     not asked for
 */
record Ranking(
        int[] order,
        int[] copyOf,
        double[] gains,
        double[] deviations,
        int[] lowest,
        int[] highest,
        Map<Integer, List<Integer>> alike,
        int useful,
        By by,
        List<Score> sizes) {
    /** The same with what sizes are worth. */
    Ranking withSizes(List<Score> known) {
        return new Ranking(order, copyOf, gains, deviations, lowest, highest, alike, useful, by, known);
    }

    /** What ordered the gates. */
    enum By {
        /** A forward path over the rows ({@link org.winnow.rank.ForwardPath}). */
        PATH,
        /** How surely they go with the target, alone or in products of two ({@link org.winnow.pairs.PairScreen}). */
        SCREEN,
        /** A network that lost the least important by and by ({@link Descent}). */
        NETWORK
    }

    /** The place of every gate in the order, from 0. */
    int[] places() {
        return places(order);
    }

    /** The place of every gate in an order of all. */
    static int[] places(int... order) {
        int[] places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        return places;
    }
}
