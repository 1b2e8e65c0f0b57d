package org.winnow.model;

import java.io.Serializable;

/**
 * A layer at a threshold: one row in the table {@code relevance}.
 *
 * @param trialId the trial it belongs to
 * @param threshold in the terms of the method
 * @param layer its name
 * @param kept weights, biases left aside
 * @param total weights
 * @param metric {@code accuracy}, or {@code mse} in units of the label
 * @param testMetric of the network masked at this threshold, on held-out rows
 * @param testMetricFinetuned of the same after fine-tuning; not a number if it was not fine-tuned
 * @param compression weights of the whole network for one that is kept
 */
public record RelevanceResult(
        String trialId,
        double threshold,
        String layer,
        long kept,
        long total,
        String metric,
        double testMetric,
        double testMetricFinetuned,
        double compression)
        implements Serializable {
    /** The share of weights dropped. */
    public double sparsity() {
        return 1 - (double) kept / total;
    }
}
