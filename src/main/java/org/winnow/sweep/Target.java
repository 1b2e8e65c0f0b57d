package org.winnow.sweep;

import java.util.Optional;
import java.util.OptionalDouble;
import org.winnow.check.Check;
import org.winnow.model.TrialResult;

/**
 * What a search for the price of open gates wants: the least price at which at most so many features, or a share, are
 * kept, or the highest at which the metric has not dropped further than allowed.
 */
public record Target(Kind kind, double amount) {
    private static final String ALLOWED = "top_k:N with N at least 1, sparsity:SHARE with SHARE in (0, 1),"
            + " metric_drop:AMOUNT with AMOUNT at least 0, or empty";

    /** What is wanted of a trial. */
    public enum Kind {
        TOP_K,
        SPARSITY,
        /** An accuracy lower by at most the amount, a squared error higher by at most that share. */
        METRIC_DROP
    }

    /** Reads a target; an empty text is none. */
    static Optional<Target> of(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.split(":", -1);
        OptionalDouble amount = parts.length == 2 ? number(parts[1]) : OptionalDouble.empty();
        Optional<Target> target = Optional.empty();
        if (amount.isPresent()) {
            double value = amount.getAsDouble();
            target = switch (parts[0]) {
                case "top_k" ->
                    value >= 1 && value == Math.rint(value)
                            ? Optional.of(new Target(Kind.TOP_K, value))
                            : Optional.empty();
                case "sparsity" ->
                    value > 0 && value < 1 ? Optional.of(new Target(Kind.SPARSITY, value)) : Optional.empty();
                case "metric_drop" ->
                    value >= 0 && Double.isFinite(value)
                            ? Optional.of(new Target(Kind.METRIC_DROP, value))
                            : Optional.empty();
                default -> Optional.empty();
            };
        }
        Check.that(target.isPresent(), "target", ALLOWED, text);
        return target;
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Whether a trial closes too few gates, so that the price has to rise; what failed or kept nothing does not. */
    boolean wantsHigherPrice(TrialResult trial) {
        if (!trial.status().equals("done")) {
            return false;
        }
        return switch (kind) {
            case TOP_K -> trial.kept() > amount;
            case SPARSITY -> trial.sparsity() < amount;
            case METRIC_DROP ->
                trial.metric().equals("mse")
                        ? trial.testMetric() <= trial.testMetricAllFeatures() * (1 + amount)
                        : trial.testMetric() >= trial.testMetricAllFeatures() - amount;
        };
    }
}
