package org.winnow.serve;

/** Activation functions without parameters, in the names and the forms of ND4J. */
public enum Pointwise {
    RELU,
    RELU6,
    SIGMOID,
    HARDSIGMOID,
    TANH,
    HARDTANH,
    /** 1.7159 tanh(2 x / 3), where tanh is approximated by a fraction. */
    RATIONALTANH,
    RECTIFIEDTANH,
    ELU,
    /** Klambauer et al. 2017, arXiv:1706.02515. */
    SELU,
    SOFTPLUS,
    SOFTSIGN,
    SWISH,
    /** Hendrycks and Gimpel 2016, arXiv:1606.08415, by the logistic function. */
    GELU,
    /** Misra 2019, arXiv:1908.08681. */
    MISH,
    CUBE,
    /** 0 up to 1, and the number itself beyond. */
    THRESHOLDEDRELU,
    /** Over all numbers of an example. */
    SOFTMAX;

    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_SLOPE = 1.6732632423543772;
    private static final double GELU_SLOPE = 1.702;

    private double of(double x) {
        return switch (this) {
            case RELU -> Math.max(x, 0);
            case RELU6 -> Math.min(Math.max(x, 0), 6);
            case SIGMOID -> sigmoid(x);
            case HARDSIGMOID -> Math.min(Math.max(0.2 * x + 0.5, 0), 1);
            case TANH -> Math.tanh(x);
            case HARDTANH -> Math.min(Math.max(x, -1), 1);
            case RATIONALTANH -> rationalTanh(x);
            case RECTIFIEDTANH -> Math.max(Math.tanh(x), 0);
            case ELU -> x > 0 ? x : Math.expm1(x);
            case SELU -> SELU_SCALE * (x > 0 ? x : SELU_SLOPE * Math.expm1(x));
            case SOFTPLUS -> softplus(x);
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case SWISH -> x * sigmoid(x);
            case GELU -> x * sigmoid(GELU_SLOPE * x);
            case MISH -> x * Math.tanh(softplus(x));
            case CUBE -> x * x * x;
            case THRESHOLDEDRELU -> x > 1 ? x : 0;
            case SOFTMAX -> throw new IllegalStateException("softmax is no function of one number");
        };
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double rationalTanh(double x) {
        double size = Math.abs(2 * x / 3);
        double tanh = 1 - 1 / (1 + size + size * size + 1.41645 * size * size * size * size);
        return 1.7159 * Math.signum(x) * tanh;
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
