package org.winnow.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers on their way between driver and executors, as raw bytes: Java writes an array of bytes at once, and one of
 * floats number by number, which at a million parameters is most of what a round costs.
 *
 * @param bytes little endian
 */
record Packed(byte[] bytes) implements Serializable {
    static Packed of(float[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        buffer(bytes).asFloatBuffer().put(values);
        return new Packed(bytes);
    }

    /** How many floats it holds. */
    int length() {
        return bytes.length / Float.BYTES;
    }

    float[] floats() {
        float[] values = new float[length()];
        buffer(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
