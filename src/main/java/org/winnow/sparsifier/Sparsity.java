package org.winnow.sparsifier;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Operator;

/**
 * How many of some numbers are zeros. Those of weight and bias count, a complex one twice; those of the sparsifier do not.
 *
 * @param zeros not whole for gates that are half open
 * @param size of the array
 */
public record Sparsity(double zeros, long size) {
    /**
     * The sparsity of each array of a layer's weight and bias.
     *
     * @param kept 1 for what is kept, 0 for what is dropped, or a gate in between; arrays that it lacks are kept
     */
    public static Map<String, Sparsity> of(Operator op, Params p, Params kept) {
        Map<String, Sparsity> named = new LinkedHashMap<>();
        int parts = op.output().complex() ? 2 : 1;
        for (Masked what : Masked.values()) {
            if (p.has(what.param())) {
                long size = p.get(what.param()).length();
                double ones = kept.has(what.param()) ? parts * sum(kept.get(what.param())) : size;
                named.put(what.param(), new Sparsity(size - ones, size));
            }
        }
        return named;
    }

    /** That of all arrays together. */
    public static Sparsity total(Collection<Sparsity> all) {
        double zeros = all.stream().mapToDouble(Sparsity::zeros).sum();
        long size = all.stream().mapToLong(Sparsity::size).sum();
        return new Sparsity(zeros, size);
    }

    /** The share of zeros, in [0, 1]. */
    public double share() {
        return zeros / size;
    }

    private static double sum(INDArray array) {
        return array.sumNumber().doubleValue();
    }
}
