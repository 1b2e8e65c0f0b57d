package org.winnow.gate;

import org.winnow.check.Check;
import org.winnow.kernel.Logistic;

/**
 * Stretched binary concrete gates, "hard concrete" once clamped (Louizos, Welling, Kingma 2018, arXiv:1712.01312). The
 * parameter is the logit {@code logAlpha}, high = open:
 *
 * <pre>
 * sample  lower + (upper - lower) * sigmoid((logit u + logAlpha) / temperature)
 * mean    lower + (upper - lower) * sigmoid(logAlpha)
 * active  sigmoid(logAlpha - temperature * log(-lower / upper))
 * </pre>
 *
 * @param temperature above 0; the smaller, the nearer to a coin
 * @param lower the lower end of the stretched interval, below 0
 * @param upper its upper end, at least 1
 * @param eps uniform noise is kept within [eps, 1 - eps]; in (0, 0.5)
 */
public record BinaryConcrete(double temperature, double lower, double upper, double eps) implements GateDistribution {
    public BinaryConcrete {
        Check.positive(temperature, "temperature");
        Check.that(lower < 0 && Double.isFinite(lower), "lower", "a finite number below 0", lower);
        Check.that(upper >= 1 && Double.isFinite(upper), "upper", "a finite number of at least 1", upper);
        Check.inside(0, 0.5, eps, "eps");
    }

    /** The temperature, stretch and noise bounds of the paper. */
    public BinaryConcrete() {
        this(2.0 / 3, -0.1, 1.1, 1e-8);
    }

    @Override
    public NoiseKind noise() {
        return NoiseKind.UNIFORM;
    }

    @Override
    public double initialParameter() {
        return Logistic.logit((0.5 - lower) / (upper - lower));
    }

    @Override
    public double sample(double parameter, double noise) {
        return stretch(Logistic.sigmoid(tempered(parameter, noise)));
    }

    @Override
    public double sampleSlope(double parameter, double noise) {
        return (upper - lower) * Logistic.sigmoidSlope(tempered(parameter, noise)) / temperature;
    }

    @Override
    public double mean(double parameter) {
        return stretch(Logistic.sigmoid(parameter));
    }

    @Override
    public double meanSlope(double parameter) {
        return (upper - lower) * Logistic.sigmoidSlope(parameter);
    }

    @Override
    public double activeProbability(double parameter) {
        return Logistic.sigmoid(parameter - threshold());
    }

    @Override
    public double activeProbabilitySlope(double parameter) {
        return Logistic.sigmoidSlope(parameter - threshold());
    }

    @Override
    public GateDistribution annealed(double factor) {
        return new BinaryConcrete(temperature * factor, lower, upper, eps);
    }

    private double tempered(double parameter, double noise) {
        double u = Math.max(eps, Math.min(1 - eps, noise));
        return (Logistic.logit(u) + parameter) / temperature;
    }

    private double stretch(double unit) {
        return lower + (upper - lower) * unit;
    }

    private double threshold() {
        return temperature * Math.log(-lower / upper);
    }
}
