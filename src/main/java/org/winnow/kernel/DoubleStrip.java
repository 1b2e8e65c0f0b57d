package org.winnow.kernel;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** {@link Strip} of doubles. */
final class DoubleStrip implements Strip {
    private final double[] a;
    /** Numbers in use, padded. */
    private int used;

    DoubleStrip(int most) {
        a = new double[Kernel.padded(most)];
    }

    @Override
    public Strip resized(int numbers) {
        used = Kernel.padded(numbers);
        return this;
    }

    @Override
    public Strip set(Strip x) {
        System.arraycopy(of(x), 0, a, 0, used);
        return this;
    }

    @Override
    public Strip set(double x) {
        Arrays.fill(a, 0, used, x);
        return this;
    }

    @Override
    public Strip add(Strip x) {
        double[] b = of(x);
        for (int i = 0; i < used; i++) {
            a[i] += b[i];
        }
        return this;
    }

    @Override
    public Strip sub(Strip x) {
        double[] b = of(x);
        for (int i = 0; i < used; i++) {
            a[i] -= b[i];
        }
        return this;
    }

    @Override
    public Strip mul(Strip x) {
        double[] b = of(x);
        for (int i = 0; i < used; i++) {
            a[i] *= b[i];
        }
        return this;
    }

    @Override
    public Strip div(Strip x) {
        double[] b = of(x);
        for (int i = 0; i < used; i++) {
            a[i] /= b[i];
        }
        return this;
    }

    @Override
    public Strip add(double x) {
        double y = x;
        for (int i = 0; i < used; i++) {
            a[i] += y;
        }
        return this;
    }

    @Override
    public Strip rsub(double x) {
        double y = x;
        for (int i = 0; i < used; i++) {
            a[i] = y - a[i];
        }
        return this;
    }

    @Override
    public Strip mul(double x) {
        double y = x;
        for (int i = 0; i < used; i++) {
            a[i] *= y;
        }
        return this;
    }

    @Override
    public Strip max(double x) {
        double y = x;
        for (int i = 0; i < used; i++) {
            a[i] = Math.max(a[i], y);
        }
        return this;
    }

    @Override
    public Strip min(double x) {
        double y = x;
        for (int i = 0; i < used; i++) {
            a[i] = Math.min(a[i], y);
        }
        return this;
    }

    @Override
    public Strip fma(Strip x, Strip y) {
        double[] b = of(x);
        double[] c = of(y);
        for (int i = 0; i < used; i++) {
            a[i] = Math.fma(a[i], b[i], c[i]);
        }
        return this;
    }

    @Override
    public Strip fma(double x, double y) {
        double b = x;
        double c = y;
        for (int i = 0; i < used; i++) {
            a[i] = Math.fma(a[i], b, c);
        }
        return this;
    }

    @Override
    public Strip fma(double x, Strip y) {
        double[] c = of(y);
        for (int i = 0; i < used; i++) {
            a[i] = Math.fma(a[i], x, c[i]);
        }
        return this;
    }

    @Override
    public Strip abs() {
        for (int i = 0; i < used; i++) {
            a[i] = Math.abs(a[i]);
        }
        return this;
    }

    @Override
    public Strip sqrt() {
        for (int i = 0; i < used; i++) {
            a[i] = Math.sqrt(a[i]);
        }
        return this;
    }

    @Override
    public Strip map(DoubleUnaryOperator function) {
        for (int i = 0; i < used; i++) {
            a[i] = function.applyAsDouble(a[i]);
        }
        return this;
    }

    @Override
    public Strip above(double x) {
        return within(Math.nextUp(x), Double.POSITIVE_INFINITY);
    }

    @Override
    public Strip atLeast(double x) {
        return within(x, Double.POSITIVE_INFINITY);
    }

    @Override
    public Strip within(double lower, double upper) {
        return map(v -> v >= lower && v <= upper ? 1 : 0);
    }

    @Override
    public Strip exp() {
        return map(Math::exp);
    }

    @Override
    public Strip log() {
        return map(Math::log);
    }

    @Override
    public Strip sigmoid() {
        return map(Logistic::sigmoid);
    }

    @Override
    public Strip softplus() {
        return map(Logistic::softplus);
    }

    @Override
    public Strip softplus(Strip slope) {
        slope.set(this).sigmoid();
        return softplus();
    }

    @Override
    public Strip noise(Noise stream, boolean normal, long from) {
        stream.fill(a, used, normal, from);
        return this;
    }

    /** Halves are added until one number is left; what is behind the first numbers counts as 0. */
    @Override
    public double sum(int count) {
        int length = Math.max(1, Integer.highestOneBit(count));
        double[] b = Arrays.copyOf(a, length);
        for (int i = length; i < count; i++) {
            b[i - length] += a[i];
        }
        for (int half = length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                b[i] += b[i + half];
            }
        }
        return count == 0 ? 0 : b[0];
    }

    @Override
    public void read(Buffer from, int at, int count) {
        ((DoubleBuffer) from).get(at, a, 0, count);
        Arrays.fill(a, count, used, 0);
    }

    @Override
    public void readRepeating(Buffer from, int first, int length, int at, int count) {
        int place = at;
        for (int done = 0; done < count; place = 0) {
            int part = Math.min(count - done, length - place);
            ((DoubleBuffer) from).get(first + place, a, done, part);
            done += part;
        }
        Arrays.fill(a, count, used, 0);
    }

    @Override
    public void write(Buffer into, int at, int count) {
        ((DoubleBuffer) into).put(at, a, 0, count);
    }

    private static double[] of(Strip x) {
        return ((DoubleStrip) x).a;
    }
}
