package org.winnow.select;

import java.util.Map;
import java.util.Optional;
import org.winnow.model.Score;
import org.winnow.model.TrialResult;
import org.winnow.model.TrialStart;
import org.winnow.train.TrainingData;

/**
 * What a selection leaves in the table of trials.
 *
 * @param params every configuration key with its value
 */
record Records(TrainingData data, FeatureSelection.Options options, String trialId, Map<String, String> params) {
    private static final String JOB = "select";
    private static final String GATES = "stochastic-gates";
    private static final String RANKING = "ranking";

    /** The row of a trial that got to its end; see {@link FeatureSelection#trial}. */
    TrialResult ended(double trainLoss, int kept, Optional<Score> tuned, Score allFeatures, double seconds) {
        int finetuneEpochs = tuned.isPresent() && isByGates() ? options.select().finetuneEpochs() : 0;
        Score tested = tuned.orElse(Score.NONE);
        return start().ended(
                        tuned.isPresent() ? "done" : "empty",
                        options.train().epochs() + finetuneEpochs,
                        trainLoss,
                        tested,
                        data.metric(tested),
                        data.metric(allFeatures),
                        sparsity(kept),
                        kept,
                        total(),
                        seconds,
                        "");
    }

    /** The row of a trial that did not; see {@link FeatureSelection#unfinished}. */
    TrialResult unfinished(String status, int epochs, double metric, int kept, String error) {
        return start().unfinished(status, epochs, metric, sparsity(kept), kept, total(), error);
    }

    private TrialStart start() {
        long seed = options.train().seed();
        int shards = data.shards().count();
        return new TrialStart(
                trialId,
                JOB,
                isByGates() ? GATES : RANKING,
                params,
                seed,
                shards,
                data.head().metric(),
                data.baseline());
    }

    private boolean isByGates() {
        return options.select().by() == SelectOptions.By.GATES;
    }

    private double sparsity(int kept) {
        return 1 - (double) kept / total();
    }

    private int total() {
        return data.schema().features().size();
    }
}
