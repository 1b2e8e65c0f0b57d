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

    /** Elements that a core works on before it looks for more. */
    private static final int PIECE = 64 * BLOCK;

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
        return floats(Cores.ONE);
    }

    float[] floats(Cores cores) {
        float[] values = new float[length()];
        forPieces(cores, (from, to) -> buffer().get(from, values, from, to - from));
        return values;
    }

    /**
     * What lies this share of the way to as many others; 0: these themselves, 1: the others. Both are used up: the result
     * takes the place of one of them, and the other is spare.
     */
    Packed towards(Packed others, double share, Cores cores) {
        if (share == 1) {
            SpareBytes.give(bytes);
            return others;
        }
        if (share > 0) {
            forPieces(cores, (from, to) -> mixIn(others, share, from, to));
        }
        SpareBytes.give(others.bytes);
        return this;
    }

    private void mixIn(Packed others, double share, int first, int end) {
        FloatBuffer here = buffer();
        FloatBuffer there = others.buffer();
        float[] a = new float[BLOCK];
        float[] b = new float[BLOCK];
        for (int from = first; from < end; from += BLOCK) {
            int count = Math.min(BLOCK, end - from);
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

    /** Part of an array: from this element to before that one. */
    private interface Piece {
        void work(int from, int to);
    }

    private void forPieces(Cores cores, Piece piece) {
        int length = length();
        cores.forEach(
                (length + PIECE - 1) / PIECE, i -> piece.work(i * PIECE, (int) Math.min(length, (i + 1L) * PIECE)));
    }

    /** A view. */
    FloatBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
