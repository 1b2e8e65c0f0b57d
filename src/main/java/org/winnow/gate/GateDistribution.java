package org.winnow.gate;

import java.io.Serializable;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

/**
 * How one gate is distributed, given its parameter: a raw value, limited by {@link #clamp} to [0, 1] before it multiplies
 * anything. The higher the parameter, the wider the gate is open. Slopes are derivatives by the parameter, at the same
 * noise.
 */
public interface GateDistribution extends Serializable {
    /** What {@link #sample} needs for each gate and example. */
    NoiseKind noise();

    /** The parameter of a gate that is half open. */
    double initialParameter();

    /** The raw value while training. */
    double sample(double parameter, double noise);

    double sampleSlope(double parameter, double noise);

    /** The raw value without noise, as used after training. */
    double mean(double parameter);

    double meanSlope(double parameter);

    /** The probability that the gate is not closed. */
    double activeProbability(double parameter);

    double activeProbabilitySlope(double parameter);

    /** {@link #sample} with its slope, of a strip of parameters, which is overwritten, and one of noise, which is too. */
    Drawn sample(Strips at, Strip parameter, Strip noise);

    /** {@link #mean} with its slope, of a strip of parameters, which is overwritten. */
    Drawn mean(Strips at, Strip parameter);

    /** {@link #activeProbability} with its slope, of a strip of parameters, which is overwritten. */
    Drawn active(Strips at, Strip parameter);

    /** This at a multiple of its temperature, or of its standard deviation if it has one instead. */
    GateDistribution annealed(double factor);

    /** The gate of a raw value: the nearest number in [0, 1]. */
    static double clamp(double raw) {
        return Math.max(0, Math.min(1, raw));
    }

    /** The slope of {@link #clamp}: 1 in the closed [0, 1], 0 outside. */
    static double clampSlope(double raw) {
        return raw >= 0 && raw <= 1 ? 1 : 0;
    }
}
