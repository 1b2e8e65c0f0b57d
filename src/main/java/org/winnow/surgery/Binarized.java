package org.winnow.surgery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Shapes;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Params;

/**
 * Weights with their masks multiplied in, and the masks of the same effect that hold only 0 and 1.
 *
 * @param state all arrays; zeros have no sign
 * @param masks by the names of what they mask
 */
public record Binarized(State state, State masks) {
    /**
     * Multiplies masks in. What a mask multiplies by anything but 0, also by a negative number, stays.
     *
     * @param masks by the names of what they mask: one number for each weight, real or complex
     * @throws IllegalArgumentException if a mask has no array in the state
     */
    public static Binarized of(State state, State masks) {
        Map<String, INDArray> products = new LinkedHashMap<>(state.arrays());
        Map<String, INDArray> ones = new LinkedHashMap<>();
        masks.arrays().forEach((name, mask) -> {
            INDArray array = state.arrays().get(name);
            Check.that(array != null, "mask", "of one of " + state.arrays().keySet(), name);
            products.put(name, product(array, mask, name));
            ones.put(name, Elements.map(mask, m -> m == 0 ? 0 : 1));
        });
        return new Binarized(new State(products), new State(ones));
    }

    /** The state of layers with {@link FixedMask}: the masks under the names of their parameters. */
    public State masked() {
        Map<String, INDArray> named = new LinkedHashMap<>();
        masks.arrays().forEach((name, mask) -> {
            int dot = name.lastIndexOf('.') + 1;
            String parameter = name.substring(dot).equals(Params.BIAS) ? FixedMask.BIAS_MASK : FixedMask.MASK;
            named.put(name.substring(0, dot) + parameter, mask);
        });
        return state.with(new State(named));
    }

    private static INDArray product(INDArray array, INDArray mask, String name) {
        long[] parts = new long[mask.rank() + 1];
        parts[0] = array.length() / mask.length();
        System.arraycopy(mask.shape(), 0, parts, 1, mask.rank());
        INDArray stretched = Shapes.stretch(mask, "mask of " + name, parts).reshape('c', array.shape());
        return Elements.map(array, stretched, (w, m) -> m == 0 ? 0 : w * m + 0.0);
    }
}
