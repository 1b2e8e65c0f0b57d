package org.winnow.kernel;

/**
 * The exponential integral {@code Ei(x)}, the principal value of the integral of {@code e^t / t} from minus infinity to
 * x, with a relative error below 1e-13 on the whole real line, next to its zero included. Which expansion converges where
 * is in Cody and Thacher 1969, "Chebyshev approximations for the exponential integral Ei(x)".
 */
public final class ExponentialIntegral {
    /** Euler's constant. */
    public static final double EULER_GAMMA = 0.5772156649015329;

    /** The zero of Ei; it is {@code ROOT + ROOT_TAIL} to 33 digits. */
    private static final double ROOT = 0.3725074107813666;

    private static final double ROOT_TAIL = 1.3140183414386028e-17;
    private static final double EPSILON = 0x1p-54;

    private ExponentialIntegral() {}

    /** {@code Ei(x)}: minus infinity at 0, vanishes from below for large negative x. */
    public static double ei(double x) {
        if (x < -2) {
            return -scaledByExp(x, 1 / continuedFraction(-x));
        }
        if (Math.abs(x - ROOT) < 0.2) {
            return aroundRoot(x);
        }
        return x < 40 ? series(x) : scaledByExp(x, asymptotic(x) / x);
    }

    /**
     * The entire exponential integral {@code Ein(t) = gamma + log t - Ei(-t)} for {@code t >= 0}, which rises from 0 with
     * the slope {@code (1 - e^-t) / t}, without the cancellation of that sum at small t.
     */
    public static double ein(double t) {
        if (t > 1) {
            return EULER_GAMMA + Math.log(t) - ei(-t);
        }
        double sum = 0;
        double power = -1;
        for (int k = 1; k <= 20; k++) {
            power *= -t / k;
            sum += power / k;
        }
        return sum;
    }

    /** The slope of {@link #ei}, {@code e^x / x}. */
    public static double slope(double x) {
        return scaledByExp(x, 1 / x);
    }

    /** {@code e^x * factor}; e^x alone may overflow. */
    private static double scaledByExp(double x, double factor) {
        double root = Math.exp(x / 2);
        return root == Double.POSITIVE_INFINITY ? root : root * factor * root;
    }

    /** {@code gamma + log|x| + sum x^k / (k k!)}. */
    private static double series(double x) {
        double sum = 0;
        double power = 1;
        for (int k = 1; ; k++) {
            power *= x / k;
            double term = power / k;
            sum += term;
            if (!(Math.abs(term) > EPSILON * Math.abs(sum))) {
                return EULER_GAMMA + Math.log(Math.abs(x)) + sum;
            }
        }
    }

    /** {@code Ei(x) - Ei(root)}, term by term of the series, all of one sign: no digits cancel. */
    private static double aroundRoot(double x) {
        double distance = x - ROOT - ROOT_TAIL;
        double sum = Math.log1p(distance / ROOT);
        double difference = distance;
        double rootPower = 1;
        for (int k = 1; ; k++) {
            double term = difference / k;
            sum += term;
            if (!(Math.abs(term) > EPSILON * Math.abs(sum))) {
                return sum;
            }
            rootPower *= ROOT / k;
            difference = (x * difference + distance * rootPower) / (k + 1);
        }
    }

    /** {@code e^v E1(v) = 1 / (v + 1 - 1/(v + 3 - 4/(v + 5 - 9/(v + 7 - …))))}: the divisor, from deep enough upwards. */
    private static double continuedFraction(double v) {
        int depth = 8 + (int) (90 / v);
        double tail = v + 2 * depth + 1;
        for (double k = depth; k >= 1; k--) {
            tail = v + 2 * k - 1 - k * k / tail;
        }
        return tail;
    }

    /** {@code sum k! / x^k} up to its smallest term. */
    private static double asymptotic(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < x && term > EPSILON; k++) {
            term *= k / x;
            sum += term;
        }
        return sum;
    }
}
