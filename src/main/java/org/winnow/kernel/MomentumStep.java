package org.winnow.kernel;

import java.nio.FloatBuffer;

/**
 * A step of gradient descent with Nesterov's momentum (Sutskever, Martens, Dahl, Hinton 2013) in one pass over
 * parameters, gradient and state:
 *
 * <pre>{@code
 * w = momentum v - rate g;   p = p + (1 + momentum) w - momentum v;   v = w
 * }</pre>
 *
 * Fading state never becomes subnormal, as in {@link AdamStep}.
 *
 * @param rate the step size
 * @param momentum in [0, 1); without any this is plain gradient descent, and has no state
 */
public record MomentumStep(float rate, float momentum) {
    private static final int AT_ONCE = 1024;

    /**
     * Takes the step.
     *
     * @param p parameters, changed
     * @param g their gradient, summed over the minibatch
     * @param v the state, changed; as long as the parameters, or empty without momentum
     * @param batch what the gradient is divided by
     */
    public void take(FloatBuffer p, FloatBuffer g, FloatBuffer v, float batch) {
        float[] parameters = new float[AT_ONCE];
        float[] gradients = new float[AT_ONCE];
        float[] velocities = new float[AT_ONCE];
        for (int from = 0; from < p.limit(); from += AT_ONCE) {
            int count = Math.min(AT_ONCE, p.limit() - from);
            p.get(from, parameters, 0, count);
            g.get(from, gradients, 0, count);
            if (momentum > 0) {
                v.get(from, velocities, 0, count);
            }
            take(parameters, gradients, velocities, 1 / batch, count);
            p.put(from, parameters, 0, count);
            if (momentum > 0) {
                v.put(from, velocities, 0, count);
            }
        }
    }

    private void take(float[] p, float[] g, float[] v, float perExample, int count) {
        for (int i = 0; i < count; i++) {
            float before = momentum * v[i];
            float after = before - rate * perExample * g[i] + AdamStep.ROUNDER - AdamStep.ROUNDER;
            v[i] = after;
            p[i] += (1 + momentum) * after - before;
        }
    }
}
