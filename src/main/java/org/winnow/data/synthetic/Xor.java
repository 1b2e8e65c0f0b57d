package org.winnow.data.synthetic;

import java.util.List;
import org.winnow.kernel.Noise;

/**
 * The sign of the product of the first k of standard normal features: no k - 1 of them say anything.
 *
 * @param noise randomness
 * @param flipped share of labels that are turned round
 * @param k relevant features
 * @param features all features
 */
record Xor(Noise noise, double flipped, int k, int features) implements Generator {
    @Override
    public List<Integer> relevant() {
        return Synthetic.first(k);
    }

    @Override
    public double row(long row, double[] into) {
        Noise own = noise.child(row);
        own.child(0).normal(into, 0);
        boolean positive = own.child(1).uniform(0) >= flipped;
        for (int i = 0; i < k; i++) {
            positive ^= into[i] < 0;
        }
        return positive ? 1 : 0;
    }
}
