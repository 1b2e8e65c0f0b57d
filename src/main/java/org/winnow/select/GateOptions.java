package org.winnow.select;

import static org.winnow.check.Check.notNegative;
import static org.winnow.check.Check.positive;
import static org.winnow.check.Check.that;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.GateDistribution;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.model.Setting;

/** The gates on the input features: what the section {@code gates} says. */
public record GateOptions(
        @Setting(value = "How gates are drawn", byDefault = "gaussian")
        Distribution distribution,

        @Setting(value = "Price of an open gate in the loss; the higher, the fewer features", byDefault = "0.01")
        double regWeight,

        @Setting(value = "Standard deviation of the noise of Gaussian gates", byDefault = "0.5")
        double std,

        @Setting(value = "Temperature of binary concrete gates", byDefault = "0.6666666666666666")
        double temperature,

        @Setting(value = "Lower end of the stretch of binary concrete gates", byDefault = "-0.1")
        double lowerBound,

        @Setting(value = "Upper end of the stretch of binary concrete gates", byDefault = "1.1")
        double upperBound,

        @Setting(
                value = "Features that share a gate, as {name = [feature, …], …} or [[feature, …], …]; every feature in"
                        + " exactly one group. Empty: a gate for each feature",
                byDefault = "{}")
        Map<String, List<String>> groups,

        @Setting(
                value = "How the gates' probabilities of being active become the penalty; none adds them, as sum does",
                byDefault = "sum")
        Reduction regReduction)
        implements Serializable {

    private static final double EPS = 1e-8;

    /** Distributions of gates on features. */
    public enum Distribution {
        GAUSSIAN,
        BINARY_CONCRETE
    }

    public GateOptions {
        notNegative(regWeight, "reg_weight");
        positive(std, "std");
        positive(temperature, "temperature");
        that(lowerBound < 0 && Double.isFinite(lowerBound), "lower_bound", "a finite number below 0", lowerBound);
        that(upperBound > 1 && Double.isFinite(upperBound), "upper_bound", "a finite number above 1", upperBound);
        that(groups.values().stream().noneMatch(List::isEmpty), "groups", "lists of at least one feature", groups);
    }

    /** The distribution with its numbers. */
    GateDistribution gateDistribution() {
        return switch (distribution) {
            case GAUSSIAN -> new Gaussian(std);
            case BINARY_CONCRETE -> new BinaryConcrete(temperature, lowerBound, upperBound, EPS);
        };
    }
}
