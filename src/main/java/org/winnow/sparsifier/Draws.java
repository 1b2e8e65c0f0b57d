package org.winnow.sparsifier;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

/** Where the noise of a forward pass comes from. */
@FunctionalInterface
public interface Draws {
    /** The noise of a name; asked again, the same. */
    INDArray draw(String name, NoiseKind kind, DataType type, long... shape);

    /** Noise of a stream, of which every name has its branch. */
    static Draws of(Noise stream) {
        return (name, kind, type, shape) -> {
            int count = 1;
            for (long size : shape) {
                count = Math.multiplyExact(count, Math.toIntExact(size));
            }
            return Elements.write(kind.draw(stream.child(name.hashCode()), count), type, shape);
        };
    }

    /** Noise that was recorded, by name; the number of values must be the one asked for. */
    static Draws recorded(Map<String, INDArray> noise) {
        Params recorded = new Params(noise);
        return (name, kind, type, shape) -> recorded.get(name).castTo(type).reshape('c', shape);
    }
}
