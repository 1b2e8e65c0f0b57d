package org.winnow.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code L = -sum y log softmax(z)} over the examples of a batch and its gradient, in one pass.
 *
 * @param loss summed over examples
 * @param gradient {@code dL/dz = softmax(z) - y}, for targets that add up to one
 */
public record SoftmaxCrossEntropy(double loss, INDArray gradient) {
    /** The loss of answers {@code [examples, classes]}. */
    public static SoftmaxCrossEntropy of(INDArray z, INDArray targets) {
        if (!z.equalShapes(targets)) {
            throw new IllegalArgumentException(
                    "targets must be of the answers' shape, got " + targets.shapeInfoToString());
        }
        int classes = (int) z.size(1);
        double[] numbers = Elements.read(z);
        double[] wanted = Elements.read(targets);
        double loss = toGradient(numbers, wanted, classes);
        return new SoftmaxCrossEntropy(loss, Elements.like(z, numbers));
    }

    /** Turns answers, row after row, into their gradient; returns the loss, summed over examples. */
    public static double toGradient(double[] z, double[] targets, int classes) {
        double loss = 0;
        for (int from = 0; from < z.length; from += classes) {
            loss += example(z, targets, from, from + classes);
        }
        return loss;
    }

    /** Turns an example's numbers into their gradient; returns its loss. */
    private static double example(double[] z, double[] wanted, int from, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, z[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(z[i] - largest);
        }
        double logOfSum = largest + Math.log(sum);
        double loss = 0;
        for (int i = from; i < to; i++) {
            double logarithm = z[i] - logOfSum;
            loss -= wanted[i] == 0 ? 0 : wanted[i] * logarithm;
            z[i] = Math.exp(logarithm) - wanted[i];
        }
        return loss;
    }
}
