package org.winnow.sparsifier;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

/** Where the noise of a forward pass comes from. */
@FunctionalInterface
public interface Draws {
    /** The noise of a name for a walk over an array of this type and shape; asked again, the same. */
    Drawing drawing(String name, NoiseKind kind, DataType type, long... shape);

    /** Noise where a walk is. */
    @FunctionalInterface
    interface Drawing {
        Strip at(Strips place);
    }

    /** The noise of a name as an array. */
    default INDArray draw(String name, NoiseKind kind, DataType type, long... shape) {
        Drawing drawing = drawing(name, kind, type, shape);
        INDArray noise = Arena.array(type, shape);
        for (Strips at = Strips.over(noise); at.next(); ) {
            at.write(noise, drawing.at(at));
        }
        return noise;
    }

    /** Noise of a stream, of which every name has its branch. */
    static Draws of(Noise stream) {
        return (name, kind, type, shape) -> {
            Noise own = stream.child(name.hashCode());
            return at -> at.blank().noise(own, kind == NoiseKind.NORMAL, at.from());
        };
    }

    /** Noise that was recorded, by name; the number of values must be the one asked for. */
    static Draws recorded(Map<String, INDArray> noise) {
        Params recorded = new Params(noise);
        return (name, kind, type, shape) -> {
            INDArray values = recorded.get(name).castTo(type).reshape('c', shape);
            return at -> at.read(values);
        };
    }
}
