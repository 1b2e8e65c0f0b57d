package org.winnow.data.synthetic;

import java.util.List;
import org.winnow.kernel.Noise;

/**
 * Two half circles that reach into one another: the class in x1 and x2, standard normal noise in the rest. Rows
 * alternate between the classes.
 *
 * @param noise randomness
 * @param deviation standard deviation of the points around the half circles
 * @param noiseFeatures features that say nothing
 */
record TwoMoons(Noise noise, double deviation, int noiseFeatures) implements Generator {
    @Override
    public int features() {
        return 2 + noiseFeatures;
    }

    @Override
    public List<Integer> relevant() {
        return Synthetic.first(2);
    }

    @Override
    public double row(long row, double[] into) {
        Noise own = noise.child(row);
        own.child(0).normal(into, 0);
        double angle = Math.PI * own.child(1).uniform(0);
        boolean upper = row % 2 == 0;
        into[0] = deviation * into[0] + (upper ? StrictMath.cos(angle) : 1 - StrictMath.cos(angle));
        into[1] = deviation * into[1] + (upper ? StrictMath.sin(angle) : 0.5 - StrictMath.sin(angle));
        return upper ? 0 : 1;
    }
}
