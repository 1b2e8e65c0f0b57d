package org.winnow.kernel;

import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** {@link Strip} of floats. */
final class FloatStrip implements Strip {
    private final float[] a;
    private final Kernel kernel = Kernel.current();
    /** Of noise. */
    private final int[] words;
    /** Of sums, from one to the other. */
    private final float[] halves;

    private final float[] halvesOfHalves;
    /** Numbers in use, padded. */
    private int used;

    FloatStrip(int most) {
        a = new float[Kernel.padded(most)];
        words = new int[a.length];
        halves = new float[a.length];
        halvesOfHalves = new float[a.length];
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
        Arrays.fill(a, 0, used, (float) x);
        return this;
    }

    @Override
    public Strip add(Strip x) {
        float[] b = of(x);
        for (int i = 0; i < used; i++) {
            a[i] += b[i];
        }
        return this;
    }

    @Override
    public Strip sub(Strip x) {
        float[] b = of(x);
        for (int i = 0; i < used; i++) {
            a[i] -= b[i];
        }
        return this;
    }

    @Override
    public Strip mul(Strip x) {
        float[] b = of(x);
        for (int i = 0; i < used; i++) {
            a[i] *= b[i];
        }
        return this;
    }

    @Override
    public Strip div(Strip x) {
        float[] b = of(x);
        for (int i = 0; i < used; i++) {
            a[i] /= b[i];
        }
        return this;
    }

    @Override
    public Strip add(double x) {
        float y = (float) x;
        for (int i = 0; i < used; i++) {
            a[i] += y;
        }
        return this;
    }

    @Override
    public Strip rsub(double x) {
        float y = (float) x;
        for (int i = 0; i < used; i++) {
            a[i] = y - a[i];
        }
        return this;
    }

    @Override
    public Strip mul(double x) {
        float y = (float) x;
        for (int i = 0; i < used; i++) {
            a[i] *= y;
        }
        return this;
    }

    @Override
    public Strip max(double x) {
        float y = (float) x;
        for (int i = 0; i < used; i++) {
            a[i] = Math.max(a[i], y);
        }
        return this;
    }

    @Override
    public Strip min(double x) {
        float y = (float) x;
        for (int i = 0; i < used; i++) {
            a[i] = Math.min(a[i], y);
        }
        return this;
    }

    @Override
    public Strip fma(Strip x, Strip y) {
        float[] b = of(x);
        float[] c = of(y);
        for (int i = 0; i < used; i++) {
            a[i] = Math.fma(a[i], b[i], c[i]);
        }
        return this;
    }

    @Override
    public Strip fma(double x, double y) {
        float b = (float) x;
        float c = (float) y;
        for (int i = 0; i < used; i++) {
            a[i] = Math.fma(a[i], b, c);
        }
        return this;
    }

    @Override
    public Strip fma(double x, Strip y) {
        float b = (float) x;
        float[] c = of(y);
        for (int i = 0; i < used; i++) {
            a[i] = Math.fma(a[i], b, c[i]);
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
            a[i] = (float) Math.sqrt(a[i]);
        }
        return this;
    }

    @Override
    public Strip map(DoubleUnaryOperator function) {
        for (int i = 0; i < used; i++) {
            a[i] = (float) function.applyAsDouble(a[i]);
        }
        return this;
    }

    @Override
    public Strip above(double x) {
        return within(Math.nextUp((float) x), Double.POSITIVE_INFINITY);
    }

    /** The bound, if no float, is replaced by the next float above it. */
    @Override
    public Strip atLeast(double x) {
        float bound = (float) x;
        return within(bound < x ? Math.nextUp(bound) : bound, Double.POSITIVE_INFINITY);
    }

    @Override
    public Strip within(double lower, double upper) {
        kernel.within(a, (float) lower, (float) upper, used);
        return this;
    }

    @Override
    public Strip exp() {
        kernel.exp(a, used);
        return this;
    }

    @Override
    public Strip log() {
        kernel.log(a, used);
        return this;
    }

    @Override
    public Strip sigmoid() {
        kernel.sigmoid(a, used);
        return this;
    }

    @Override
    public Strip softplus() {
        kernel.softplus(a, used);
        return this;
    }

    @Override
    public Strip softplus(Strip slope) {
        kernel.softplus(a, of(slope), used);
        return this;
    }

    @Override
    public Strip noise(Noise stream, boolean normal, long from) {
        stream.fill(a, used, normal, from, words);
        return this;
    }

    /** Halves are added until one number is left; what is behind the first numbers counts as 0. */
    @Override
    public double sum(int count) {
        int rest = Math.max(1, Integer.highestOneBit(count));
        float[] sums = a;
        if (rest < count) {
            System.arraycopy(a, 0, halvesOfHalves, 0, rest);
            for (int i = rest; i < count; i++) {
                halvesOfHalves[i - rest] += a[i];
            }
            sums = halvesOfHalves;
        }
        // From one array to another, as the compiler makes vectors of that and not of a loop within one.
        while (rest > 2) {
            rest /= 4;
            sums = addedQuarters(sums, sums == halves ? halvesOfHalves : halves, rest);
        }
        return count == 0 ? 0 : rest == 2 ? sums[0] + sums[1] : sums[0];
    }

    /** Halves to halves twice: what that leaves. */
    private static float[] addedQuarters(float[] all, float[] into, int quarter) {
        for (int i = 0; i < quarter; i++) {
            into[i] = (all[i] + all[i + 2 * quarter]) + (all[i + quarter] + all[i + 3 * quarter]);
        }
        return into;
    }

    @Override
    public void read(Buffer from, int at, int count) {
        ((FloatBuffer) from).get(at, a, 0, count);
        Arrays.fill(a, count, used, 0);
    }

    @Override
    public void readRepeating(Buffer from, int first, int length, int at, int count) {
        int place = at;
        for (int done = 0; done < count; place = 0) {
            int part = Math.min(count - done, length - place);
            ((FloatBuffer) from).get(first + place, a, done, part);
            done += part;
        }
        Arrays.fill(a, count, used, 0);
    }

    @Override
    public void write(Buffer into, int at, int count) {
        ((FloatBuffer) into).put(at, a, 0, count);
    }

    private static float[] of(Strip x) {
        return ((FloatStrip) x).a;
    }
}
