package org.winnow.train;

import static org.winnow.check.Check.that;

import java.io.Serializable;
import java.util.List;

/**
 * A factor as a function of the epoch: straight lines between given points, constant before the first and after the
 * last. {@code [5:0, 20:1]} is the warm-up of Molchanov et al. (2017, arXiv:1701.05369), {@code [100:1, 200:0]} a linear
 * decay in the second hundred epochs.
 *
 * @param epochs of the points, rising
 * @param factors at those epochs, at least 0
 */
public record Schedule(double[] epochs, double[] factors) implements Serializable {
    /** The factor is always 1. */
    public static final Schedule CONSTANT = new Schedule(new double[] {0}, new double[] {1});

    /**
     * Reads points.
     *
     * @param name of the setting, for messages
     * @param points as {@code epoch:factor}; none make a constant 1
     */
    public static Schedule of(String name, List<String> points) {
        if (points.isEmpty()) {
            return CONSTANT;
        }
        double[] epochs = new double[points.size()];
        double[] factors = new double[points.size()];
        for (int i = 0; i < epochs.length; i++) {
            String[] parts = points.get(i).split(":", -1);
            boolean wellFormed = parts.length == 2 && isNumber(parts[0]) && isNumber(parts[1]);
            that(wellFormed, name, "a list of epoch:factor, as in [5:0, 20:1]", points);
            epochs[i] = Double.parseDouble(parts[0]);
            factors[i] = Double.parseDouble(parts[1]);
            that(
                    factors[i] >= 0 && (i == 0 || epochs[i] > epochs[i - 1]),
                    name,
                    "rising epochs, factors of at least 0",
                    points);
        }
        return new Schedule(epochs, factors);
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("\\d+(\\.\\d+)?([eE]-?\\d+)?");
    }

    /** The factor at an epoch; whole numbers are the beginnings of epochs. */
    public double at(double epoch) {
        int next = 0;
        while (next < epochs.length && epochs[next] <= epoch) {
            next++;
        }
        if (next == 0 || next == epochs.length) {
            return factors[next == 0 ? 0 : next - 1];
        }
        double share = (epoch - epochs[next - 1]) / (epochs[next] - epochs[next - 1]);
        return factors[next - 1] + share * (factors[next] - factors[next - 1]);
    }
}
