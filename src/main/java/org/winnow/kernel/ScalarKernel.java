package org.winnow.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

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

    private static FloatBuffer floats(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
