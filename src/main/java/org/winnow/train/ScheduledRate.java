package org.winnow.train;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A learning rate that follows a {@link Schedule}: DL4J's face of it. */
final class ScheduledRate implements ISchedule {
    private static final long serialVersionUID = 1;

    private final double rate;
    private final double[] epochs;
    private final double[] factors;

    ScheduledRate(
            @JsonProperty("rate") double rate,
            @JsonProperty("epochs") double[] epochs,
            @JsonProperty("factors") double[] factors) {
        this.rate = rate;
        this.epochs = epochs.clone();
        this.factors = factors.clone();
    }

    static ScheduledRate of(double rate, Schedule schedule) {
        return new ScheduledRate(rate, schedule.epochs(), schedule.factors());
    }

    @JsonProperty
    double getRate() {
        return rate;
    }

    @JsonProperty
    double[] getEpochs() {
        return epochs.clone();
    }

    @JsonProperty
    double[] getFactors() {
        return factors.clone();
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return rate * new Schedule(epochs, factors).at(epoch);
    }

    @Override
    public ISchedule clone() {
        return new ScheduledRate(rate, epochs, factors);
    }
}
