package org.winnow.pairs;

/**
 * How far out a sum of products {@code sum a c} lies if one factor is in random order. Its mean is 0 where the a add up to 0,
 * its variance {@code sum a^2 sum (c - mean c)^2 / (rows - 1)}, and its tail that of a normal number only where no few rows
 * make up the sum: a rare class in a rare category is one row or two. With skewness and excess of a and c,
 *
 * <pre>{@code bend = max(skewness_a^2 skewness_c^2, excess_a excess_c - 6, 0) / rows}</pre>
 *
 * is the squared skewness of the sum, or its excess if that is more (Hotelling and Pabst 1936 for moments of permutations).
 * A sum of rare jumps of one size, of variance 1, has {@code log P(Z > z)} of about {@code -h(z r) / r^2} with
 * {@code h(u) = (1 + u) log(1 + u) - u} and {@code r^2} its excess and its squared skewness at once (Bennett 1962): z is
 * replaced by the normal number {@code sqrt(2 h(z r)) / r} of the same probability, at most z.
 */
final class Tail {
    private static final double SMALL = 1e-3;

    private Tail() {}

    /** The bend of a sum; kurtosis of c at most so much, its squared skewness at most so much. */
    static double bend(double skewnessA, double kurtosisA, double skewnessC, double kurtosisC, double rows) {
        return Math.max(0, Math.max(skewnessA * skewnessC, (kurtosisA - 3) * (kurtosisC - 3) - 6)) / rows;
    }

    /** The normal number for a standardised sum of at least 0. */
    static double normal(double z, double bend) {
        double jump = Math.sqrt(bend);
        double u = z * jump;
        if (u < SMALL) {
            return z * (1 - u / 6);
        }
        return Math.sqrt(2 * ((1 + u) * StrictMath.log1p(u) - u)) / jump;
    }
}
