package org.winnow.select;

import java.util.Map;
import org.winnow.model.TrialResult;
import org.winnow.train.TrainingData;

/** What tables have of a selection that was stopped or has failed. */
public final class UnfinishedTrial {
    private UnfinishedTrial() {}

    /**
     * The row of a trial that did not get to its end.
     *
     * @param status {@code stopped} or {@code failed}
     * @param metric of the network with gates so far; not a number if it is not known
     * @param kept features so far
     */
    public static TrialResult row(
            TrainingData data,
            FeatureSelection.Options options,
            String trialId,
            Map<String, String> params,
            String status,
            int epochs,
            double metric,
            int kept,
            String error) {
        int total = data.schema().features().size();
        return new TrialResult(
                trialId,
                "select",
                FeatureSelection.METHOD,
                params,
                options.train().seed(),
                data.shards().count(),
                status,
                epochs,
                Double.NaN,
                Double.NaN,
                FeatureSelection.head(data.schema()).metric(),
                metric,
                Double.NaN,
                1 - (double) kept / total,
                kept,
                total,
                0,
                error);
    }
}
