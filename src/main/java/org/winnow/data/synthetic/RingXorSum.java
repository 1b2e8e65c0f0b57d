package org.winnow.data.synthetic;

import java.util.List;
import org.winnow.kernel.Noise;

/**
 * Two classes that hang on a few of many features uniform on (0, 1), on no feature by itself but those of the sum (Passemiers,
 * Folco, Raimondi, Birolo, Moreau and Fariselli 2024, Scientific Reports 14, doi:10.1038/s41598-024-82583-5). A row is of class 1 if
 * anything holds that its kind has: features 0 and 1 lie on a ring of radius 0.35 about the middle; the next two lie in
 * opposite corners; the last two, with noise, add up to much.
 *
 * @param noise randomness
 * @param kind which of these
 * @param features all features
 */
record RingXorSum(Noise noise, Kind kind, int features) implements Generator {
    private static final double MIDDLE = 0.5;
    private static final double RADIUS = 0.35;
    private static final double DEVIATION_OF_SUM = 0.2;
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** What classes hang on, with bounds that make them about equal in number. */
    enum Kind {
        UNIFORM_XOR(2, -NEVER, 0, NEVER),
        RING(2, 0.1151, NEVER, NEVER),
        RING_XOR(4, 0.0704, 0.0337, NEVER),
        RING_XOR_SUM(6, 0.0479, 0.0598, 1.4074);

        private final int relevant;
        private final double width;
        private final double product;
        private final double sum;

        Kind(int relevant, double width, double product, double sum) {
            this.relevant = relevant;
            this.width = width;
            this.product = product;
            this.sum = sum;
        }

        /** Features that the classes hang on, the first ones. */
        int relevant() {
            return relevant;
        }

        private boolean holds(double[] x, double error) {
            return onRing(x) || inCorners(x) || (sum < NEVER && x[4] + x[5] + DEVIATION_OF_SUM * error >= sum);
        }

        private boolean onRing(double[] x) {
            return Math.abs(StrictMath.hypot(x[0] - MIDDLE, x[1] - MIDDLE) - RADIUS) <= width;
        }

        private boolean inCorners(double[] x) {
            int first = this == UNIFORM_XOR ? 0 : 2;
            return product < NEVER && (x[first] - MIDDLE) * (MIDDLE - x[first + 1]) >= product;
        }
    }

    @Override
    public List<Integer> relevant() {
        return Synthetic.first(kind.relevant);
    }

    @Override
    public double row(long row, double[] into) {
        Noise own = noise.child(row);
        own.child(0).uniform(into, 0);
        return kind.holds(into, own.child(1).normal(0)) ? 1 : 0;
    }
}
