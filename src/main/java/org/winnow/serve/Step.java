package org.winnow.serve;

/**
 * A part of a {@link SparseNetwork}. Numbers of several examples lie side by side: an array is {@code [numbers, examples]}
 * in row-major order, numbers of images as {@code [channels, height, width]}.
 */
public sealed interface Step permits LinearStep, ConvolutionStep, PoolingStep, PointwiseStep, LeakyStep {
    /** How many numbers of an example it takes. */
    int inputs();

    /** How many numbers of an example it gives. */
    int outputs();

    /**
     * Does its part.
     *
     * @param x {@code [inputs, examples]}
     * @param y where answers go, {@code [outputs, examples]}
     */
    void apply(float[] x, int examples, float[] y);
}
