package org.winnow.model;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A network as plain data: what it is and what it has learned.
 *
 * @param configuration the DL4J configuration as JSON
 * @param parameters all parameters, flat, in the network's own order
 */
public record NetworkState(String configuration, float[] parameters) implements Serializable {
    /** The parameters as bytes, big end first. */
    public byte[] parameterBytes() {
        return bytes(parameters);
    }

    /** Numbers as bytes, big end first. */
    public static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** What {@link #bytes} was given. */
    public static float[] floats(byte... bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** A short name for all of it. */
    public String fingerprint() {
        return Sha256.of(configuration.getBytes(StandardCharsets.UTF_8), parameterBytes());
    }
}
