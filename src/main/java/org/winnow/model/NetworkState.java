package org.winnow.model;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.winnow.file.Sha256;

/**
 * A network as plain data: what it is and what it has learned.
 *
 * @param configuration the DL4J configuration as JSON
 * @param parameters all parameters, flat, in the network's own order
 */
public record NetworkState(String configuration, float[] parameters) implements Serializable {
    /** The parameters as bytes, big end first. */
    public byte[] parameterBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(parameters.length, Float.BYTES));
        bytes.asFloatBuffer().put(parameters);
        return bytes.array();
    }

    /** The parameters that {@link #parameterBytes} wrote. */
    public static float[] floats(byte... bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** A short name for all of it. */
    public String fingerprint() {
        return Sha256.brief(configuration.getBytes(StandardCharsets.UTF_8), parameterBytes());
    }
}
