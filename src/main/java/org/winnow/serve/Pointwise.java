package org.winnow.serve;

/** Activation functions. */
public enum Pointwise {
    RELU,
    SIGMOID,
    TANH,
    ELU,
    SOFTPLUS,
    /** Over all numbers of an example. */
    SOFTMAX;

    private double of(double x) {
        return switch (this) {
            case RELU -> Math.max(x, 0);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case ELU -> x > 0 ? x : Math.expm1(x);
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            case SOFTMAX -> throw new IllegalStateException("softmax is no function of one number");
        };
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
                    y[i] = (float) of(x[i]);
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
