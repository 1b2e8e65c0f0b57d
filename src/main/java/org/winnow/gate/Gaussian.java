package org.winnow.gate;

import org.winnow.check.Check;
import org.winnow.kernel.Normal;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

/**
 * Gaussian gates ("STG"; Yamada, Lindenbaum, Negahban, Kluger 2020, arXiv:1810.04247): raw value {@code mu + std * eps},
 * open with probability {@code Phi(mu / std)}.
 *
 * @param std the standard deviation of the noise, above 0
 */
public record Gaussian(double std) implements GateDistribution {
    public Gaussian {
        Check.positive(std, "std");
    }

    /** The standard deviation of the paper. */
    public Gaussian() {
        this(0.5);
    }

    @Override
    public NoiseKind noise() {
        return NoiseKind.NORMAL;
    }

    @Override
    public double initialParameter() {
        return 0.5;
    }

    @Override
    public double sample(double parameter, double noise) {
        return parameter + std * noise;
    }

    @Override
    public double sampleSlope(double parameter, double noise) {
        return 1;
    }

    @Override
    public double mean(double parameter) {
        return parameter;
    }

    @Override
    public double meanSlope(double parameter) {
        return 1;
    }

    @Override
    public double activeProbability(double parameter) {
        return Normal.cdf(parameter / std);
    }

    @Override
    public double activeProbabilitySlope(double parameter) {
        return Normal.density(parameter / std) / std;
    }

    @Override
    public Drawn sample(Strips at, Strip parameter, Strip noise) {
        return new Drawn(noise.mul(std).add(parameter), at.blank().set(1));
    }

    @Override
    public Drawn mean(Strips at, Strip parameter) {
        return new Drawn(parameter, at.blank().set(1));
    }

    @Override
    public Drawn active(Strips at, Strip parameter) {
        Strip slope = at.copy(parameter).map(this::activeProbabilitySlope);
        return new Drawn(parameter.map(this::activeProbability), slope);
    }

    @Override
    public GateDistribution annealed(double factor) {
        return new Gaussian(std * factor);
    }
}
