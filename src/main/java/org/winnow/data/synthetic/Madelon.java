package org.winnow.data.synthetic;

import java.util.List;
import java.util.stream.IntStream;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;

/**
 * Clusters on the corners of a hypercube, half of the corners in each class; then linear combinations of those
 * coordinates, probes that say nothing, and all columns shuffled (Guyon 2003, "Design of experiments of the NIPS 2003
 * variable selection benchmark").
 *
 * @param noise randomness
 * @param flipped share of labels that are turned round
 * @param separation half the length of the hypercube's side, in standard deviations of a cluster
 * @param informative dimensions of the hypercube
 * @param redundant linear combinations of them
 * @param probes features that say nothing
 */
record Madelon(Noise noise, double flipped, double separation, int informative, int redundant, int probes)
        implements Generator {
    private static final long ROWS = 0;
    private static final long COLUMNS = 1;
    private static final long CORNERS = 2;
    private static final long WEIGHTS = 3;

    @Override
    public int features() {
        return informative + redundant + probes;
    }

    @Override
    public List<Integer> relevant() {
        Permutation columns = columns();
        return IntStream.range(0, informative + redundant)
                .map(i -> (int) columns.apply(i))
                .sorted()
                .boxed()
                .toList();
    }

    @Override
    public double row(long row, double[] into) {
        Noise own = noise.child(ROWS, row);
        double[] plain = new double[into.length];
        own.child(0).normal(plain, 0);
        long corners = 1L << informative;
        long corner = (long) (corners * own.child(1).uniform(0));
        for (int i = 0; i < informative; i++) {
            plain[i] += (corner >> i & 1) == 0 ? -separation : separation;
        }
        for (int i = 0; i < redundant; i++) {
            plain[informative + i] = combination(i, plain);
        }
        Permutation columns = columns();
        for (int i = 0; i < plain.length; i++) {
            into[(int) columns.apply(i)] = plain[i];
        }
        boolean positive = Permutation.of(noise.child(CORNERS), corners).apply(corner) % 2 == 0;
        return positive ^ own.child(1).uniform(1) < flipped ? 1 : 0;
    }

    private double combination(int which, double[] plain) {
        Noise weights = noise.child(WEIGHTS, which);
        double sum = 0;
        for (int i = 0; i < informative; i++) {
            sum += (2 * weights.uniform(i) - 1) * plain[i];
        }
        return sum;
    }

    private Permutation columns() {
        return Permutation.of(noise.child(COLUMNS), features());
    }
}
