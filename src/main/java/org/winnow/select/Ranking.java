package org.winnow.select;

/**
 * All gates, the most helpful first.
 *
 * @param order the gates
 * @param copyOf for each gate the one whose values it repeats, or -1; copies come last
 * @param gains for each gate the share of the squared error that it took away, at its place on the forward path, on rows
 *     that did not fit it
 * @param deviations of the gains over halves of the rows
 * @param useful how many of the first tell as much as any number of them, as far as the rows can say; 0: nothing helps
 * @param by what ordered them
 */
record Ranking(int[] order, int[] copyOf, double[] gains, double[] deviations, int useful, By by) {
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
