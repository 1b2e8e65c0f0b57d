package org.winnow.data.synthetic;

import java.util.List;
import org.winnow.kernel.Noise;

/**
 * {@code y = 10 sin(pi x1 x2) + 20 (x3 - 1/2)^2 + 10 x4 + 5 x5}, every feature uniform on (0, 1) (Friedman 1991,
 * "Multivariate Adaptive Regression Splines").
 *
 * @param noise randomness
 * @param deviation standard deviation of what is added to y
 * @param features all features, five of them relevant
 */
record Friedman1(Noise noise, double deviation, int features) implements Generator {
    @Override
    public List<Integer> relevant() {
        return Synthetic.first(5);
    }

    @Override
    public double row(long row, double[] x) {
        Noise own = noise.child(row);
        own.child(0).uniform(x, 0);
        double bump = x[2] - 0.5;
        return 10 * StrictMath.sin(Math.PI * x[0] * x[1])
                + 20 * bump * bump
                + 10 * x[3]
                + 5 * x[4]
                + deviation * own.child(1).normal(0);
    }
}
