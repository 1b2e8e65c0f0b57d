package org.winnow.gate;

import org.winnow.kernel.Noise;

/** What a gate draws once per example while training. */
public enum NoiseKind {
    /** Nothing: training is deterministic, and all examples share one row of gates. */
    NONE {
        @Override
        public double[] draw(Noise stream, int count) {
            return new double[0];
        }
    },
    /** Standard normal. */
    NORMAL {
        @Override
        public double[] draw(Noise stream, int count) {
            double[] values = new double[count];
            stream.normal(values, 0);
            return values;
        }
    },
    /** Uniform in the open (0, 1). */
    UNIFORM {
        @Override
        public double[] draw(Noise stream, int count) {
            double[] values = new double[count];
            stream.uniform(values, 0);
            return values;
        }
    };

    /** So many independent values from the start of a stream; none for {@link #NONE}. */
    public abstract double[] draw(Noise stream, int count);
}
