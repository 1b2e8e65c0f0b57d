package org.winnow.gate;

import org.winnow.kernel.Noise;

/** What a gate draws once per example while training. */
public enum NoiseKind {
    /** Nothing: training is deterministic, and all examples share one row of gates. */
    NONE {
        @Override
        double[] draw(Noise stream, int count) {
            return new double[0];
        }
    },
    /** Standard normal. */
    NORMAL {
        @Override
        double[] draw(Noise stream, int count) {
            double[] values = new double[count];
            stream.normal(values, 0);
            return values;
        }
    },
    /** Uniform in the open (0, 1). */
    UNIFORM {
        @Override
        double[] draw(Noise stream, int count) {
            double[] values = new double[count];
            stream.uniform(values, 0);
            return values;
        }
    };

    abstract double[] draw(Noise stream, int count);
}
