package org.winnow.gate;

/**
 * The gates of one forward pass, and what its backward pass needs of them again: one row of gates for each example, or
 * one for all where there is no noise.
 */
public final class GateDraw {
    private final GateDistribution distribution;
    private final boolean sampled;
    private final double[] parameters;
    private final double[] noise;
    private final double[] raw;
    private final int rows;

    private GateDraw(GateDistribution distribution, boolean sampled, double[] parameters, double[] noise) {
        this.distribution = distribution;
        this.sampled = sampled;
        this.parameters = parameters;
        this.noise = noise;
        this.rows = noise.length == 0 ? 1 : noise.length / parameters.length;
        this.raw = new double[rows * parameters.length];
        for (int row = 0, at = 0; row < rows; row++) {
            for (double parameter : parameters) {
                raw[at] = sampled ? distribution.sample(parameter, noise(at)) : distribution.mean(parameter);
                at++;
            }
        }
    }

    static GateDraw sample(GateDistribution distribution, double[] parameters, double[] noise) {
        return new GateDraw(distribution, true, parameters, noise);
    }

    static GateDraw mean(GateDistribution distribution, double[] parameters) {
        return new GateDraw(distribution, false, parameters, new double[0]);
    }

    /** Whether the gates are those of a batch of so many examples. */
    boolean fits(int examples, int gates) {
        return parameters.length == gates && (noise.length == 0 || rows == examples);
    }

    /** The gate, in [0, 1], of an example. */
    public double gate(int example, int gate) {
        return GateDistribution.clamp(raw[offset(example) + gate]);
    }

    /** The slope of {@link #gate} by the gate's parameter. */
    double slope(int example, int gate) {
        int at = offset(example) + gate;
        if (GateDistribution.clampSlope(raw[at]) == 0) {
            return 0;
        }
        return sampled
                ? distribution.sampleSlope(parameters[gate], noise(at))
                : distribution.meanSlope(parameters[gate]);
    }

    private int offset(int example) {
        return rows == 1 ? 0 : example * parameters.length;
    }

    private double noise(int at) {
        return noise.length == 0 ? 0 : noise[at];
    }

    @Override
    public String toString() {
        return "GateDraw[" + rows + " x " + parameters.length + " gates]";
    }
}
