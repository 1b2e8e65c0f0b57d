package org.winnow.layer;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Parameters as ND4J writes an array: its description, then its numbers; of each of the two how it was allocated, how many
 * there are, of which type, and they themselves. ND4J makes room for as many as are declared before it looks for them.
 */
final class Coefficients {
    /** How they were allocated where their count is an int. */
    private static final Set<String> SHORT = Set.of("DIRECT", "HEAP", "JAVACPP");

    /** Bytes of a number, by type. */
    private static final Map<String, Integer> DESCRIPTION = Map.of("LONG", Long.BYTES, "INT", Integer.BYTES);

    private static final Map<String, Integer> NUMBERS =
            Map.of("FLOAT", Float.BYTES, "DOUBLE", Double.BYTES, "HALF", Short.BYTES, "BFLOAT16", Short.BYTES);

    /** A rank, then sizes and strides of 32 axes at most, and three numbers more. */
    private static final long LONGEST_DESCRIPTION = 68;

    private Coefficients() {}

    /**
     * Requires that what is declared is there, and nothing else.
     *
     * @throws IOException if it is not
     */
    static void requireWhole(byte[] file) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        long description = skip(in, DESCRIPTION);
        if (description > LONGEST_DESCRIPTION) {
            throw new IOException("the shape of its parameters takes " + description + " numbers");
        }
        skip(in, NUMBERS);
        if (in.available() > 0) {
            throw new IOException("there are " + in.available() + " bytes after its parameters");
        }
    }

    /** Skips a part; returns how many numbers it has. */
    private static long skip(DataInputStream in, Map<String, Integer> types) throws IOException {
        long count = SHORT.contains(in.readUTF()) ? in.readInt() : in.readLong();
        String type = in.readUTF();
        int width = types.getOrDefault(type, 0);
        if (width == 0 || count < 0 || count > in.available() / width) {
            throw new IOException("its parameters declare " + count + " numbers of type " + type + ", and "
                    + in.available() + " bytes are there");
        }
        in.skipNBytes(count * width);
        return count;
    }
}
