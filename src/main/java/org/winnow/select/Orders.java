package org.winnow.select;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.winnow.pairs.PairScreen;
import org.winnow.rank.Copies;
import org.winnow.rank.Path;

/**
 * The orders that rows suggest before any network is asked, copies last in each.
 *
 * @param path over the rows
 * @param sure gates that go with the target beyond chance, the surest first; only if some do so in products, as else the
 *     path tells more of them
 * @param screened all gates as the screen has them, the surest first
 * @param copyOf for each gate the one whose values it repeats
 */
record Orders(Path path, int[] sure, int[] screened, int[] copyOf) {
    static Orders of(Path path, PairScreen screen, int[] copyOf) {
        int[] sure = screen.significantProducts().isEmpty()
                ? new int[0]
                : Arrays.stream(screen.order())
                        .filter(gate -> screen.significant(gate) && copyOf[gate] == Copies.NONE)
                        .toArray();
        int[] screened = IntStream.concat(
                        Arrays.stream(screen.order()).filter(gate -> copyOf[gate] == Copies.NONE),
                        Arrays.stream(screen.order()).filter(gate -> copyOf[gate] != Copies.NONE))
                .toArray();
        return new Orders(path, sure, screened, copyOf);
    }

    int[] byPath() {
        return path.order();
    }

    /** What is sure, then the rest as the path has it. */
    int[] byScreen() {
        boolean[] first = new boolean[copyOf.length];
        Arrays.stream(sure).forEach(gate -> first[gate] = true);
        return IntStream.concat(Arrays.stream(sure), Arrays.stream(path.order()).filter(gate -> !first[gate]))
                .toArray();
    }

    /** The first of an order that are no copies, at most so many. */
    int[] first(int[] order, int most) {
        return Arrays.stream(order)
                .filter(gate -> copyOf[gate] == Copies.NONE)
                .limit(most)
                .toArray();
    }
}
