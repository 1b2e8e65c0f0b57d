package org.winnow.sparsifier;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Strips;

/**
 * Arrays by name: parameters of a layer, their gradients, penalties or decisions. Arrays are shared, not copied.
 *
 * @param arrays in the order of the specifications
 */
public record Params(Map<String, INDArray> arrays) {
    /** The weight of the operator. */
    public static final String WEIGHT = "weight";

    /** What is added to the output, {@code [output features]}. */
    public static final String BIAS = "bias";

    public Params {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    /** None. */
    public static Params none() {
        return new Params(Map.of());
    }

    /** One. */
    public static Params of(String name, INDArray array) {
        return new Params(Map.of(name, array));
    }

    /** These and one more, or another in the place of one. */
    public Params with(String name, INDArray array) {
        Map<String, INDArray> all = new LinkedHashMap<>(arrays);
        all.put(name, array);
        return new Params(all);
    }

    public Set<String> names() {
        return arrays.keySet();
    }

    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /**
     * The array of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public INDArray get(String name) {
        INDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("parameter must be one of " + names() + ", got " + name);
        }
        return array;
    }

    /** Sets the array of a name, in place; does nothing if there is none, as for gradients of frozen parameters. */
    public void set(String name, INDArray values) {
        if (has(name)) {
            INDArray array = fitting(name, values);
            for (Strips at = Strips.over(array); at.next(); ) {
                at.write(array, at.read(values));
            }
        }
    }

    /** Sets the array of a name to zero, in place; does nothing if there is none. */
    public void clear(String name) {
        if (has(name)) {
            get(name).assign(0);
        }
    }

    /** Adds to the array of a name, in place; does nothing if there is none. */
    public void add(String name, INDArray values) {
        if (has(name)) {
            INDArray array = fitting(name, values);
            for (Strips at = Strips.over(array); at.next(); ) {
                at.add(array, at.read(values));
            }
        }
    }

    private INDArray fitting(String name, INDArray values) {
        INDArray array = get(name);
        if (array.length() != values.length()) {
            throw new IllegalArgumentException("gradient of " + name + " must be of shape "
                    + Arrays.toString(array.shape()) + ", got " + Arrays.toString(values.shape()));
        }
        return array;
    }
}
