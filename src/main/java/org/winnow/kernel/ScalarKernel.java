package org.winnow.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** {@link FloatMath}, number by number. */
final class ScalarKernel implements Kernel {
    @Override
    public String description() {
        return "scalar kernel";
    }

    @Override
    public void exp(float[] a, int count) {
        for (int i = 0; i < count; i++) {
            a[i] = FloatMath.exp(a[i]);
        }
    }

    @Override
    public void log(float[] a, int count) {
        for (int i = 0; i < count; i++) {
            a[i] = FloatMath.log(a[i]);
        }
    }

    @Override
    public void sigmoid(float[] a, int count) {
        for (int i = 0; i < count; i++) {
            a[i] = FloatMath.sigmoid(a[i]);
        }
    }

    @Override
    public void softplus(float[] a, int count) {
        for (int i = 0; i < count; i++) {
            a[i] = FloatMath.softplus(a[i]);
        }
    }

    @Override
    public void softplus(float[] a, float[] slope, int count) {
        for (int i = 0; i < count; i++) {
            slope[i] = FloatMath.sigmoid(a[i]);
            a[i] = FloatMath.softplus(a[i]);
        }
    }

    @Override
    public void within(float[] a, float lower, float upper, int count) {
        for (int i = 0; i < count; i++) {
            a[i] = FloatMath.within(a[i], lower, upper);
        }
    }

    @Override
    public int below(float[] a, float bound, int count) {
        int below = 0;
        for (int i = 0; i < count; i++) {
            below += a[i] < bound ? 1 : 0;
        }
        return below;
    }

    @Override
    public void words(long key, long stream, long block, int[] into, int count) {
        for (int at = 0; at < count; at += Philox.WORDS) {
            Philox.block(key, block + at / Philox.WORDS, stream, into, at);
        }
    }

    @Override
    public void uniform(int[] words, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = FloatMath.uniform(words[i]);
        }
    }

    @Override
    public void normal(int[] words, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = FloatMath.normal(words[i]);
        }
    }

    @Override
    public void adam(AdamStep step, ByteBuffer p, ByteBuffer g, ByteBuffer m, ByteBuffer v, float perExample) {
        step.takeInPieces(floats(p), floats(g), floats(m), floats(v), perExample);
    }

    @Override
    public void addProduct(Entries entries, float[] x, float[] y, int first, int width, int columns) {
        for (int row = 0; row < entries.rows(); row++) {
            for (int i = entries.starts()[row]; i < entries.starts()[row + 1]; i++) {
                addScaled(entries.values()[i], x, entries.indices()[i] * width, y, first + row * width, columns);
            }
        }
    }

    @Override
    public void addProductOfTransposed(Entries entries, float[] y, float[] x, int width) {
        for (int row = 0; row < entries.rows(); row++) {
            for (int i = entries.starts()[row]; i < entries.starts()[row + 1]; i++) {
                addScaled(entries.values()[i], y, row * width, x, entries.indices()[i] * width, width);
            }
        }
    }

    @Override
    public void largest(int[] numbers, int columns, int height, int stride, int bands, long[] into) {
        for (int i = 0; i < bands * columns; i++) {
            int first = i / columns * stride * columns + i % columns;
            long largest = Long.MIN_VALUE;
            for (int row = 0; row < height; row++) {
                int place = first + row * columns;
                largest = Math.max(largest, (long) numbers[place] << Integer.SIZE | Integer.toUnsignedLong(~place));
            }
            into[i] = largest;
        }
    }

    private static void addScaled(float factor, float[] from, int first, float[] into, int to, int count) {
        for (int i = 0; i < count; i++) {
            into[to + i] = Math.fma(factor, from[first + i], into[to + i]);
        }
    }

    @Override
    public void products(Entries entries, float[] y, float[] x, int width, float[] into) {
        float[] parts = new float[PARTS];
        for (int row = 0; row < entries.rows(); row++) {
            for (int i = entries.starts()[row]; i < entries.starts()[row + 1]; i++) {
                Arrays.fill(parts, 0);
                for (int column = 0; column < width; column++) {
                    int part = column % PARTS;
                    parts[part] =
                            Math.fma(x[entries.indices()[i] * width + column], y[row * width + column], parts[part]);
                }
                into[i] = sumOfHalves(parts, 0);
            }
        }
    }

    /** The sum of {@link #PARTS} numbers from a place on, halves added to halves. */
    static float sumOfHalves(float[] parts, int at) {
        float a = (parts[at] + parts[at + 8]) + (parts[at + 4] + parts[at + 12]);
        float b = (parts[at + 1] + parts[at + 9]) + (parts[at + 5] + parts[at + 13]);
        float c = (parts[at + 2] + parts[at + 10]) + (parts[at + 6] + parts[at + 14]);
        float d = (parts[at + 3] + parts[at + 11]) + (parts[at + 7] + parts[at + 15]);
        return (a + c) + (b + d);
    }

    private static FloatBuffer floats(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
