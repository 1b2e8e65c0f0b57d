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

    static Packed of(float[] values) {
        return of(FloatBuffer.wrap(values));
    }

    /** What is between a buffer's position and its limit. */
    static Packed of(FloatBuffer values) {
        Packed packed = new Packed(new byte[Math.multiplyExact(values.remaining(), Float.BYTES)]);
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

    /** A view. */
    FloatBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
