package org.winnow.model;

import java.util.Map;

/**
 * What a trial is, whatever it comes to: how its row in the table {@code trials} begins; see {@link TrialResult}.
 *
 * @param metric name of what it is judged by
 * @param baseline what an answer that does not look at the features gets on the held-out rows
 */
public record TrialStart(
        String trialId,
        String job,
        String method,
        Map<String, String> params,
        long seed,
        int shards,
        String metric,
        double baseline) {
    /**
     * The row of a trial that got to its end.
     *
     * @param tested judgement of the final network, {@code testMetric} in units of the label
     * @param total of what {@code kept} is a part of
     */
    public TrialResult ended(
            String status,
            int epochs,
            double trainLoss,
            Score tested,
            double testMetric,
            double testMetricAllFeatures,
            double sparsity,
            int kept,
            int total,
            double seconds,
            String error) {
        return new TrialResult(
                trialId,
                job,
                method,
                params,
                seed,
                shards,
                status,
                epochs,
                trainLoss,
                tested.meanLoss(),
                metric,
                testMetric,
                testMetricAllFeatures,
                baseline,
                sparsity,
                kept,
                total,
                seconds,
                error);
    }

    /** The row of a trial that did not get to its end: how it stood, and nothing of what comes last. */
    public TrialResult unfinished(
            String status, int epochs, double testMetric, double sparsity, int kept, int total, String error) {
        return ended(status, epochs, Double.NaN, Score.NONE, testMetric, Double.NaN, sparsity, kept, total, 0, error);
    }
}
