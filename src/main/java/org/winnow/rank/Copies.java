package org.winnow.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gates that say the same as an earlier one: in every row their inputs have the same ranks, or the same in reverse. What
 * tells the label does so by either, so that one of them stands for all.
 */
public final class Copies {
    /** Of a gate that is no copy. */
    public static final int NONE = -1;

    private Copies() {}

    /**
     * Finds the copies.
     *
     * @param sample of normal scores, which are the same for every rising function of an input
     * @return for each gate the first one that it is a copy of, or {@link #NONE}
     */
    public static int[] of(Sample sample) {
        int[] copyOf = new int[sample.gates()];
        Arrays.fill(copyOf, NONE);
        List<List<Integer>> inputs = inputsOfGate(sample);
        Map<Integer, List<Integer>> firsts = new HashMap<>();
        for (int gate = 0; gate < copyOf.length; gate++) {
            List<Integer> alike = firsts.computeIfAbsent(hash(sample, inputs.get(gate)), hash -> new ArrayList<>());
            for (int first : alike) {
                if (copyOf[gate] == NONE && same(sample, inputs.get(first), inputs.get(gate))) {
                    copyOf[gate] = first;
                }
            }
            if (copyOf[gate] == NONE) {
                alike.add(gate);
            }
        }
        return copyOf;
    }

    private static List<List<Integer>> inputsOfGate(Sample sample) {
        List<List<Integer>> inputs = new ArrayList<>();
        for (int gate = 0; gate < sample.gates(); gate++) {
            inputs.add(new ArrayList<>());
        }
        for (int input = 0; input < sample.width(); input++) {
            inputs.get(sample.gateOfInput()[input]).add(input);
        }
        return inputs;
    }

    /** Equal for columns that differ in sign alone. */
    private static int hash(Sample sample, List<Integer> inputs) {
        int hash = inputs.size();
        for (int input : inputs) {
            for (int row = 0; row < sample.rows(); row++) {
                hash = 31 * hash + Float.floatToIntBits(Math.abs(sample.value(row, input)));
            }
        }
        return hash;
    }

    private static boolean same(Sample sample, List<Integer> one, List<Integer> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(sample, one.get(i), other.get(i), 1) && !same(sample, one.get(i), other.get(i), -1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Sample sample, int one, int other, int sign) {
        for (int row = 0; row < sample.rows(); row++) {
            if (sample.value(row, one) != sign * sample.value(row, other)) {
                return false;
            }
        }
        return true;
    }
}
