package org.winnow.gate;

import org.winnow.check.Check;
import org.winnow.kernel.Logistic;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

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
    public Drawn sample(Strips at, Strip parameter, Strip noise) {
        Strip u = noise.max(eps).min(1 - eps);
        // As a float, u may be 1.
        Strip logit = u.div(at.copy(u).rsub(1).max(Float.MIN_NORMAL)).log();
        return stretched(at, logit.add(parameter).mul(1 / temperature), 1 / temperature);
    }

    @Override
    public Drawn mean(Strips at, Strip parameter) {
        return stretched(at, parameter, 1);
    }

    @Override
    public Drawn active(Strips at, Strip parameter) {
        return Drawn.sigmoid(at, parameter.add(-threshold()), 1);
    }

    private Drawn stretched(Strips at, Strip logit, double scale) {
        Drawn unit = Drawn.sigmoid(at, logit, (upper - lower) * scale);
        return new Drawn(unit.value().fma(upper - lower, lower), unit.slope());
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
