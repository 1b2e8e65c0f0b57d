package org.winnow.gate;

import org.winnow.check.Check;
import org.winnow.kernel.Logistic;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

/**
 * Deterministic sigmoid gates, the mask of continuous sparsification (Savarese, Silva, Maire 2020, arXiv:1912.04427):
 * {@code sigmoid(temperature * maskLogit)} while training, and its limit {@code maskLogit > 0} afterwards, which has no
 * slope. The active probability is the training gate itself.
 *
 * @param temperature above 0, grows while training; the larger, the nearer to a step
 */
public record Sigmoid(double temperature) implements GateDistribution {
    public Sigmoid {
        Check.positive(temperature, "temperature");
    }

    /** The temperature at which training starts. */
    public Sigmoid() {
        this(1);
    }

    @Override
    public NoiseKind noise() {
        return NoiseKind.NONE;
    }

    @Override
    public double initialParameter() {
        return 0;
    }

    @Override
    public double sample(double parameter, double noise) {
        return Logistic.sigmoid(temperature * parameter);
    }

    @Override
    public double sampleSlope(double parameter, double noise) {
        return temperature * Logistic.sigmoidSlope(temperature * parameter);
    }

    @Override
    public double mean(double parameter) {
        return parameter > 0 ? 1 : 0;
    }

    @Override
    public double meanSlope(double parameter) {
        return 0;
    }

    @Override
    public double activeProbability(double parameter) {
        return sample(parameter, 0);
    }

    @Override
    public double activeProbabilitySlope(double parameter) {
        return sampleSlope(parameter, 0);
    }

    @Override
    public Drawn sample(Strips at, Strip parameter, Strip noise) {
        return active(at, parameter);
    }

    @Override
    public Drawn mean(Strips at, Strip parameter) {
        return new Drawn(parameter.above(0), at.blank().set(0));
    }

    @Override
    public Drawn active(Strips at, Strip parameter) {
        return Drawn.sigmoid(at, parameter.mul(temperature), temperature);
    }

    @Override
    public GateDistribution annealed(double factor) {
        return new Sigmoid(temperature * factor);
    }
}
