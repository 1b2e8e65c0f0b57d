package org.winnow.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Floats on their way between driver and executors, as raw bytes: Java writes an array of bytes at once, and one of
 * floats number by number, which at a million parameters is most of what a round costs.
 *
 * @param bytes little endian
 */
record Packed(byte[] bytes) implements Serializable {
    static final Packed NONE = new Packed(new byte[0]);

    /** Elements that are worked on at once, so that they stay in the nearest cache. */
    private static final int BLOCK = 2048;

    static Packed of(float[] values) {
        return of(FloatBuffer.wrap(values));
    }

    /** What is between a buffer's position and its limit. */
    static Packed of(FloatBuffer values) {
        Packed packed = new Packed(SpareBytes.take(Math.multiplyExact(values.remaining(), Float.BYTES)));
        packed.buffer().put(values);
        return packed;
    }

    /** How many floats it holds. */
    int length() {
        return bytes.length / Float.BYTES;
    }

    float[] floats() {
        float[] values = new float[length()];
        buffer().get(values);
        return values;
    }

    /**
     * What lies this share of the way to as many others; 0: these themselves, 1: the others. Both are used up: the result
     * takes the place of one of them, and the other is spare.
     */
    Packed towards(Packed others, double share) {
        if (share == 1) {
            SpareBytes.give(bytes);
            return others;
        }
        if (share > 0) {
            mixIn(others, share);
        }
        SpareBytes.give(others.bytes);
        return this;
    }

    private void mixIn(Packed others, double share) {
        FloatBuffer here = buffer();
        FloatBuffer there = others.buffer();
        float[] a = new float[BLOCK];
        float[] b = new float[BLOCK];
        for (int from = 0; from < here.limit(); from += BLOCK) {
            int count = Math.min(BLOCK, here.limit() - from);
            here.get(from, a, 0, count);
            there.get(from, b, 0, count);
            mix(a, b, (float) share, count);
            here.put(from, a, 0, count);
        }
    }

    /** Equal numbers stay as they are. */
    private static void mix(float[] a, float[] b, float share, int count) {
        for (int i = 0; i < count; i++) {
            a[i] += (b[i] - a[i]) * share;
        }
    }

    /** A view. */
    FloatBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
