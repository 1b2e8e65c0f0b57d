package org.winnow.layer;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays as ND4J writes them: the description, then the numbers; of each of the two how it was allocated, how many there
 * are, of which type, and they themselves. ND4J makes room for as many as are declared before it looks for them.
 */
final class PlainArrays {
    /** How they were allocated where their count is an int. */
    private static final Set<String> SHORT = Set.of("DIRECT", "HEAP", "JAVACPP");

    /** Bytes of a number, by type. */
    private static final Map<String, Integer> DESCRIPTION = Map.of("LONG", Long.BYTES, "INT", Integer.BYTES);

    private static final Map<String, Integer> NUMBERS =
            Map.of("FLOAT", Float.BYTES, "DOUBLE", Double.BYTES, "HALF", Short.BYTES, "BFLOAT16", Short.BYTES);

    /** A rank, then sizes and strides of 32 axes at most, and three numbers more. */
    private static final long LONGEST_DESCRIPTION = 68;

    private PlainArrays() {}

    /**
     * Reads an array.
     *
     * @param in of bytes at hand, which goes back to a mark
     * @throws IOException if more is declared than there is
     */
    static INDArray read(DataInputStream in) throws IOException {
        in.mark(Integer.MAX_VALUE);
        long description = skip(in, DESCRIPTION);
        if (description > LONGEST_DESCRIPTION) {
            throw new IOException("the shape of an array takes " + description + " numbers");
        }
        skip(in, NUMBERS);
        in.reset();
        return Nd4j.read(in);
    }

    /** Skips a part; returns how many numbers it has. */
    private static long skip(DataInputStream in, Map<String, Integer> types) throws IOException {
        long count = SHORT.contains(in.readUTF()) ? in.readInt() : in.readLong();
        String type = in.readUTF();
        int width = types.getOrDefault(type, 0);
        if (width == 0 || count < 0 || count > in.available() / width) {
            throw new IOException("its arrays declare " + count + " numbers of type " + type + ", and " + in.available()
                    + " bytes are there");
        }
        in.skipNBytes(count * width);
        return count;
    }
}
