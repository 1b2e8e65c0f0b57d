package org.winnow.data.synthetic;

import java.util.List;
import org.winnow.kernel.Noise;

/**
 * {@code y = sin(x1) cos(x2)^3}, x1 and x2 uniform on (0, 5), and standard normal features that say nothing.
 *
 * @param noise randomness
 * @param deviation standard deviation of what is added to y
 * @param noiseFeatures features that say nothing
 */
record SinCos3(Noise noise, double deviation, int noiseFeatures) implements Generator {
    private static final double WIDTH = 5;

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
        Noise signal = own.child(1);
        into[0] = WIDTH * signal.uniform(0);
        into[1] = WIDTH * signal.uniform(1);
        double cos = StrictMath.cos(into[1]);
        return StrictMath.sin(into[0]) * cos * cos * cos
                + deviation * own.child(2).normal(0);
    }
}
