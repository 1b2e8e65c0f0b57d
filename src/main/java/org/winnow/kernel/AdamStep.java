package org.winnow.kernel;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * A step of Adam (Kingma, Ba 2015, arXiv:1412.6980) in one pass over parameters, gradient and state:
 *
 * <pre>{@code
 * m = beta1 m + (1 - beta1) g;   v = beta2 v + (1 - beta2) g^2;   p = p - rate m / (sqrt(v) + epsilon)
 * }</pre>
 *
 * Numbers are floats of the machine's own order of bytes. State that fades never becomes subnormal, as processors compute
 * several times slower with such numbers, and the state of what has no gradient any more, behind gates that closed, would stay
 * there for ever: means are multiples of 2^-99, and in squares a gradient counts as at least 2^-55. With an epsilon of 1e-9
 * or more, parameters do not notice.
 *
 * @param rate the step size, with the corrections for the first steps' bias in it
 */
public record AdamStep(float beta1, float beta2, float epsilon, float rate) {
    /** Added and subtracted again, it rounds what is much smaller to multiples of 2^-99, and leaves what is larger. */
    static final float ROUNDER = 0x1p-76f;

    static final float LEAST_GRADIENT = 0x1p-55f;
    private static final int AT_ONCE = 1024;

    /** A learning rate with the corrections of step {@code iteration}, counted from 0. */
    public static AdamStep of(double beta1, double beta2, double epsilon, double learningRate, int iteration) {
        double corrected =
                learningRate * Math.sqrt(1 - Math.pow(beta2, iteration + 1.0)) / (1 - Math.pow(beta1, iteration + 1.0));
        return new AdamStep((float) beta1, (float) beta2, (float) epsilon, (float) corrected);
    }

    /**
     * Takes the step.
     *
     * @param p parameters, changed
     * @param g their gradient, summed over the minibatch
     * @param m the first half of the state, changed
     * @param v the second half, changed
     * @param batch what the gradient is divided by
     */
    public void take(ByteBuffer p, ByteBuffer g, ByteBuffer m, ByteBuffer v, float batch) {
        Kernel.current().adam(this, p, g, m, v, 1 / batch);
    }

    /** Through arrays that fit into the nearest cache, where the compiler makes vectors of the loop by itself. */
    void takeInPieces(FloatBuffer p, FloatBuffer g, FloatBuffer m, FloatBuffer v, float perExample) {
        int most = Math.min(AT_ONCE, p.limit());
        float[] parameters = new float[most];
        float[] gradients = new float[most];
        float[] means = new float[most];
        float[] squares = new float[most];
        for (int from = 0; from < p.limit(); from += AT_ONCE) {
            int count = Math.min(AT_ONCE, p.limit() - from);
            p.get(from, parameters, 0, count);
            g.get(from, gradients, 0, count);
            m.get(from, means, 0, count);
            v.get(from, squares, 0, count);
            take(parameters, gradients, means, squares, perExample, count);
            p.put(from, parameters, 0, count);
            m.put(from, means, 0, count);
            v.put(from, squares, 0, count);
        }
    }

    private void take(float[] p, float[] g, float[] m, float[] v, float perExample, int count) {
        for (int i = 0; i < count; i++) {
            float gradient = g[i] * perExample;
            float size = Math.max(Math.abs(gradient), LEAST_GRADIENT);
            float mean = beta1 * m[i] + (1 - beta1) * gradient + ROUNDER - ROUNDER;
            float square = beta2 * v[i] + (1 - beta2) * size * size;
            m[i] = mean;
            v[i] = square;
            p[i] -= rate * mean / ((float) Math.sqrt(square) + epsilon);
        }
    }
}
