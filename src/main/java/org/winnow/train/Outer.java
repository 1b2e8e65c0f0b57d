package org.winnow.train;

/**
 * What is done with the averaged change of a round (Douillard et al. 2023, DiLoCo, arXiv:2311.08105): it is taken as it
 * is, or as the gradient of an outer optimiser.
 */
public enum Outer {
    /** The average is the next state. */
    NONE,
    /** {@code v = momentum v + change; next = start + rate v}. */
    MOMENTUM,
    /** {@code v = momentum v + change; next = start + rate (change + momentum v)}. */
    NESTEROV;

    /**
     * Takes the step.
     *
     * @param start of the round
     * @param average over shards at its end
     * @param velocity of the outer optimiser; written
     * @return the parameters of the next round
     */
    float[] step(float[] start, float[] average, float[] velocity, double rate, double momentum) {
        if (this == NONE) {
            return average;
        }
        float[] next = new float[start.length];
        for (int i = 0; i < next.length; i++) {
            double change = (double) average[i] - start[i];
            double v = momentum * velocity[i] + change;
            velocity[i] = (float) v;
            next[i] = (float) (start[i] + rate * (this == NESTEROV ? change + momentum * v : v));
        }
        return next;
    }
}
