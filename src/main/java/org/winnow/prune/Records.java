package org.winnow.prune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.winnow.model.RelevanceResult;
import org.winnow.model.Score;
import org.winnow.model.TrialId;
import org.winnow.model.TrialResult;
import org.winnow.model.TrialStart;
import org.winnow.prune.NetworkPruning.Options;
import org.winnow.sparsifier.Sparsity;
import org.winnow.train.TrainingData;

/**
 * What pruning leaves in tables.
 *
 * @param params every configuration key with its value
 * @param epochs that lead to a result
 */
record Records(TrainingData data, Options options, String trialId, Map<String, String> params, int epochs) {
    static final String DONE = "done";
    static final String EMPTY = "empty";
    private static final String JOB = "prune";

    /** The row of the result. */
    TrialResult result(Candidate candidate, Score score, DenseNetwork dense, String error, double seconds) {
        return trial(trialId, params, error.isEmpty() ? DONE : EMPTY, candidate, score, dense, error, seconds);
    }

    /** A try is a trial of its own, named by the configuration that would give it without a search. */
    TrialResult tried(Candidate candidate, DenseNetwork dense, double seconds) {
        Map<String, String> own = new LinkedHashMap<>(params);
        own.put("prune.reg_weight", String.valueOf(candidate.price()));
        own.put("prune.thresholds", List.of(candidate.threshold()).toString());
        String id = TrialId.of(own, data.fingerprint());
        return trial(id, own, "tried", candidate, candidate.score(), dense, "", seconds);
    }

    private TrialResult trial(
            String id,
            Map<String, String> own,
            String status,
            Candidate candidate,
            Score score,
            DenseNetwork dense,
            String error,
            double seconds) {
        Sparsity all = candidate.all();
        return start(id, own)
                .ended(
                        status,
                        epochs,
                        candidate.source().loss(),
                        score,
                        data.metric(score),
                        data.metric(dense.score()),
                        all.share(),
                        Math.toIntExact(kept(all)),
                        Math.toIntExact(all.size()),
                        seconds,
                        error);
    }

    private TrialStart start(String id, Map<String, String> own) {
        String method = options.prune().method().key();
        long seed = options.train().seed();
        return new TrialStart(
                id, JOB, method, own, seed, data.shards().count(), data.head().metric(), data.baseline());
    }

    /**
     * A row for each layer of a network at a threshold.
     *
     * @param finetuned judgement after fine-tuning; none where there was no such
     */
    List<RelevanceResult> relevance(Candidate candidate, Score finetuned) {
        Sparsity all = candidate.all();
        return candidate.layers().entrySet().stream()
                .map(layer -> new RelevanceResult(
                        trialId,
                        candidate.threshold(),
                        layer.getKey(),
                        kept(layer.getValue()),
                        layer.getValue().size(),
                        data.head().metric(),
                        data.metric(candidate.score()),
                        data.metric(finetuned),
                        (double) all.size() / kept(all)))
                .toList();
    }

    private static long kept(Sparsity sparsity) {
        return Math.round(sparsity.size() - sparsity.zeros());
    }

    /**
     * The row of a trial that did not get to its end.
     *
     * @param standing how far it came; all 0 and not a number where nothing is known
     */
    TrialResult unfinished(String status, NetworkPruning.Standing standing, String error) {
        return start(trialId, params)
                .unfinished(
                        status,
                        epochs,
                        standing.metric(),
                        standing.sparsity(),
                        standing.kept(),
                        standing.total(),
                        error);
    }
}
