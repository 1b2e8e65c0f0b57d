package org.winnow.model;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.notNegative;
import static org.winnow.check.Check.within;

import java.io.Serializable;
import java.util.Map;

/**
 * A trial: a row of the table {@code trials}.
 *
 * @param trialId hash of configuration and data
 * @param job that ran it
 * @param method of making sparse
 * @param params every configuration key with its value
 * @param seed key of its random draws
 * @param shards logical shards
 * @param status {@code done}; {@code empty} where nothing was kept, or nothing of a layer; {@code tried} by a search,
 *     {@code stopped} early or {@code failed}
 * @param epochs trained, fine-tuning included
 * @param trainLoss mean loss of a training row in the last round of making sparse, penalty included
 * @param testLoss mean loss of a held-out row, of the final network
 * @param metric {@code accuracy}, or {@code mse} in units of the label
 * @param testMetric of the final network on held-out rows
 * @param testMetricAllFeatures of a network that saw all features, or the dense one that was pruned, on the same rows
 * @param testMetricBaseline of an answer that does not look at the features, on the same rows: that of the most frequent
 *     class, or the variance of the label
 * @param sparsity share of features, or weights, dropped
 * @param kept features or weights
 * @param total of them
 * @param seconds of wall time
 * @param error what went wrong; empty if nothing did
 */
public record TrialResult(
        String trialId,
        String job,
        String method,
        Map<String, String> params,
        long seed,
        int shards,
        String status,
        int epochs,
        double trainLoss,
        double testLoss,
        String metric,
        double testMetric,
        double testMetricAllFeatures,
        double testMetricBaseline,
        double sparsity,
        int kept,
        int total,
        double seconds,
        String error)
        implements Serializable {
    public TrialResult {
        atLeast(0, shards, "shards");
        atLeast(0, epochs, "epochs");
        within(0, total, kept, "kept");
        notNegative(seconds, "seconds");
    }

    /** The same trial with other params. */
    public TrialResult withParams(Map<String, String> others) {
        return new TrialResult(
                trialId,
                job,
                method,
                others,
                seed,
                shards,
                status,
                epochs,
                trainLoss,
                testLoss,
                metric,
                testMetric,
                testMetricAllFeatures,
                testMetricBaseline,
                sparsity,
                kept,
                total,
                seconds,
                error);
    }
}
