package org.winnow.sparsifier;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Strips;

/** Where the noise of a forward pass comes from. */
@FunctionalInterface
public interface Draws {
    /** The noise of a name; asked again, the same. */
    INDArray draw(String name, NoiseKind kind, DataType type, long... shape);

    /** Noise of a stream, of which every name has its branch. */
    static Draws of(Noise stream) {
        return (name, kind, type, shape) -> {
            Noise own = stream.child(name.hashCode());
            INDArray noise = Arena.array(type, shape);
            for (Strips at = Strips.over(noise); at.next(); ) {
                at.write(noise, at.blank().noise(own, kind == NoiseKind.NORMAL, at.from()));
            }
            return noise;
        };
    }

    /** Noise that was recorded, by name; the number of values must be the one asked for. */
    static Draws recorded(Map<String, INDArray> noise) {
        Params recorded = new Params(noise);
        return (name, kind, type, shape) -> recorded.get(name).castTo(type).reshape('c', shape);
    }
}
