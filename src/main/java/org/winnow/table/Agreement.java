package org.winnow.table;

import java.util.List;
import org.winnow.check.Check;

/**
 * How far selections of the same features agree: the stability index of Nogueira, Sechidis and Brown (2018, JMLR 18:174),
 * which is 1 where all agree and 0 where they agree as by chance, with its 95 % confidence interval; and the mean
 * Jaccard index over pairs.
 *
 * @param index not a number for fewer than two selections, or where all or none is always kept
 * @param lower end of the interval
 * @param upper end of the interval
 * @param jaccard intersection over union; 1 for two that keep nothing
 */
record Agreement(double index, double lower, double upper, double jaccard) {
    private static final double Z_95 = 1.959963984540054;

    /**
     * Measures.
     *
     * @param masks what each keeps, all of one length
     */
    static Agreement of(List<boolean[]> masks) {
        int runs = masks.size();
        Check.atLeast(1, runs, "masks");
        int features = masks.get(0).length;
        double[] frequency = new double[features];
        double[] kept = new double[runs];
        for (int run = 0; run < runs; run++) {
            for (int f = 0; f < features; f++) {
                if (masks.get(run)[f]) {
                    frequency[f] += 1.0 / runs;
                    kept[run]++;
                }
            }
        }
        double share = 0;
        double variance = 0;
        for (double p : frequency) {
            share += p / features;
            variance += p * (1 - p) / features;
        }
        double byChance = share * (1 - share);
        double index = 1 - (double) runs / (runs - 1) * variance / byChance;
        double[] parts = new double[runs];
        double mean = 0;
        for (int run = 0; run < runs; run++) {
            double overlap = 0;
            for (int f = 0; f < features; f++) {
                overlap += masks.get(run)[f] ? frequency[f] / features : 0;
            }
            double k = kept[run] / features;
            parts[run] = (overlap - k * share + index / 2 * (2 * k * share - k - share + 1)) / byChance;
            mean += parts[run] / runs;
        }
        double squares = 0;
        for (double part : parts) {
            squares += (part - mean) * (part - mean);
        }
        double half = Z_95 * Math.sqrt(4 * squares) / runs;
        boolean defined = runs > 1 && byChance > 0;
        double nan = Double.NaN;
        return new Agreement(
                defined ? index : nan, defined ? index - half : nan, defined ? index + half : nan, jaccard(masks));
    }

    private static double jaccard(List<boolean[]> masks) {
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < masks.size(); a++) {
            for (int b = a + 1; b < masks.size(); b++) {
                sum += jaccard(masks.get(a), masks.get(b));
                pairs++;
            }
        }
        return sum / pairs;
    }

    private static double jaccard(boolean[] a, boolean[] b) {
        int both = 0;
        int either = 0;
        for (int f = 0; f < a.length; f++) {
            both += a[f] && b[f] ? 1 : 0;
            either += a[f] || b[f] ? 1 : 0;
        }
        return either == 0 ? 1 : (double) both / either;
    }
}
