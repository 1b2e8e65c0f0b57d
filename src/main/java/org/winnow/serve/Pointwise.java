package org.winnow.serve;

import java.util.function.DoubleUnaryOperator;

/** Activation functions. */
public enum Pointwise {
    RELU(x -> Math.max(x, 0)),
    SIGMOID(x -> 1 / (1 + Math.exp(-x))),
    TANH(Math::tanh),
    ELU(x -> x > 0 ? x : Math.expm1(x)),
    SOFTPLUS(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
    /** Over all numbers of an example. */
    SOFTMAX(Math::exp);

    private final DoubleUnaryOperator function;

    Pointwise(DoubleUnaryOperator function) {
        this.function = function;
    }

    /** From {@code x} to {@code y}, both {@code [numbers, examples]}. */
    void apply(float[] x, int numbers, int examples, float[] y) {
        switch (this) {
            case RELU -> {
                for (int i = 0; i < numbers * examples; i++) {
                    y[i] = Math.max(x[i], 0);
                }
            }
            case SOFTMAX -> {
                for (int example = 0; example < examples; example++) {
                    softmax(x, numbers, examples, example, y);
                }
            }
            default -> {
                for (int i = 0; i < numbers * examples; i++) {
                    y[i] = (float) function.applyAsDouble(x[i]);
                }
            }
        }
    }

    private static void softmax(float[] x, int numbers, int examples, int example, float[] y) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = example; i < numbers * examples; i += examples) {
            largest = Math.max(largest, x[i]);
        }
        double sum = 0;
        for (int i = example; i < numbers * examples; i += examples) {
            y[i] = (float) Math.exp(x[i] - largest);
            sum += y[i];
        }
        for (int i = example; i < numbers * examples; i += examples) {
            y[i] /= (float) sum;
        }
    }
}
