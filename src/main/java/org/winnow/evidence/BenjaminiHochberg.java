package org.winnow.evidence;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Adjusts p-values for how many there are: what is kept at {@code q <= fdr} has an expected share of false ones of at most
 * {@code fdr}, if p-values of what is null are independent or hang together positively (Benjamini and Hochberg 1995,
 * J. R. Stat. Soc. B 57; Benjamini and Yekutieli 2001, Ann. Stat. 29).
 */
final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /** {@code q_(i) = min over j >= i of p_(j) m / j}, at most 1, in the order of the p-values given. */
    static double[] adjusted(double... p) {
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] q = new double[p.length];
        double least = 1;
        for (int i = p.length - 1; i >= 0; i--) {
            least = Math.min(least, p[order[i]] * p.length / (i + 1));
            q[order[i]] = least;
        }
        return q;
    }
}
