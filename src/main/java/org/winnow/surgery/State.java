package org.winnow.surgery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.sparsifier.Params;

/**
 * Arrays of a network, named {@code layer.array}; layer names may have dots, names of arrays have none.
 *
 * @param arrays shared, not copied
 */
public record State(Map<String, INDArray> arrays) {
    public State {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    /** The arrays of layers. */
    public static State of(Map<String, Params> layers) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        layers.forEach(
                (layer, params) -> params.arrays().forEach((name, array) -> arrays.put(layer + "." + name, array)));
        return new State(arrays);
    }

    /**
     * The array of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public INDArray get(String name) {
        INDArray array = arrays.get(name);
        Check.that(array != null, "array", "one of " + arrays.keySet(), name);
        return Objects.requireNonNull(array);
    }

    /** The arrays of one layer, by their own names; none if there is no such layer. */
    public Params layer(String layer) {
        Map<String, INDArray> own = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            int dot = name.lastIndexOf('.');
            if (dot == layer.length() && name.startsWith(layer)) {
                own.put(name.substring(dot + 1), array);
            }
        });
        return new Params(own);
    }

    /** These and others; of equal names the others. */
    public State with(State others) {
        Map<String, INDArray> all = new LinkedHashMap<>(arrays);
        all.putAll(others.arrays);
        return new State(all);
    }
}
