package org.winnow.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;

/** Compares results with the expected numbers of a case, and notices those that nobody compared. */
final class Comparison {
    private final Precision precision;
    private final Map<String, JsonNode> pending;
    private final List<String> mismatches = new ArrayList<>();

    Comparison(ReferenceCase reference, Precision precision) {
        this.precision = precision;
        this.pending = reference.expected();
    }

    /** The array agrees, number by number, within the tolerance of the precision. */
    void close(String path, INDArray got) {
        close(path, Elements.read(got));
    }

    /** The numbers agree within the tolerance of the precision. */
    void close(String path, double... got) {
        double[] want = take(path, got.length);
        compare(path, got, want, i -> precision.allowed(want[i]));
    }

    /** The numbers agree within a tolerance of their own; an infinite one leaves a number uncompared. */
    void within(String path, double[] got, IntToDoubleFunction tolerance) {
        compare(path, got, take(path, got.length), tolerance);
    }

    /** The numbers agree exactly: masks and counts. */
    void exact(String path, double... got) {
        compare(path, got, take(path, got.length), i -> 0);
    }

    /** The text or flag is the one wanted. */
    void same(String path, Object got) {
        JsonNode want = pending.remove(path);
        if (want == null || !want.asText().equals(got.toString())) {
            mismatches.add(precision + " " + path + ": got " + got + ", want " + want);
        }
    }

    /** Whether anything is expected at a path, or under it, that is not compared yet. */
    boolean expects(String path) {
        return pending.containsKey(path) || pending.keySet().stream().anyMatch(key -> key.startsWith(path + "/"));
    }

    /** The numbers agree exactly: masks. */
    void exact(String path, INDArray got) {
        exact(path, Elements.read(got));
    }

    /** What disagreed, and what was left uncompared. */
    List<String> mismatches() {
        List<String> all = new ArrayList<>(mismatches);
        pending.keySet().forEach(path -> all.add(precision + " " + path + " is not compared"));
        return all;
    }

    /** The expected numbers; a null, where no path leads to a gradient, stands for zeros. */
    private double[] take(String path, int length) {
        JsonNode want = pending.remove(path);
        if (want == null) {
            throw new IllegalArgumentException("no expected numbers at " + path);
        }
        double[] numbers = want.isNull() && path.contains("grads/")
                ? new double[length]
                : Tensor.of(want).data(Precision.FLOAT64);
        if (numbers.length == 0) {
            throw new IllegalArgumentException("no expected numbers at " + path);
        }
        return numbers;
    }

    private void compare(String path, double[] got, double[] want, IntToDoubleFunction tolerance) {
        if (got.length != want.length) {
            mismatches.add(precision + " " + path + ": " + got.length + " numbers, want " + want.length);
            return;
        }
        for (int i = 0; i < want.length; i++) {
            double allowed = tolerance.applyAsDouble(i);
            if (allowed != Double.POSITIVE_INFINITY && !(Math.abs(got[i] - want[i]) <= allowed)) {
                mismatches.add(precision + " " + path + "[" + i + "]: got " + got[i] + ", want " + want[i]);
                return;
            }
        }
    }
}
