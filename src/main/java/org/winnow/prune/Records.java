package org.winnow.prune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.winnow.data.Schema;
import org.winnow.data.Task;
import org.winnow.model.RelevanceResult;
import org.winnow.model.Score;
import org.winnow.model.TrialId;
import org.winnow.model.TrialResult;
import org.winnow.prune.NetworkPruning.Options;
import org.winnow.sparsifier.Sparsity;
import org.winnow.train.Head;
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

    static Head head(Schema schema) {
        return schema.task() == Task.REGRESSION ? Head.number() : Head.classes(schema.outputs());
    }

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
        return new TrialResult(
                id,
                JOB,
                options.prune().method().key(),
                own,
                options.train().seed(),
                data.shards().count(),
                status,
                epochs,
                candidate.source().loss(),
                score.meanLoss(),
                head(data.schema()).metric(),
                metric(score),
                metric(dense.score()),
                all.share(),
                Math.toIntExact(kept(all)),
                Math.toIntExact(all.size()),
                seconds,
                error);
    }

    /** A row for each layer of a network at a threshold. */
    List<RelevanceResult> relevance(Candidate candidate, double finetuned) {
        Sparsity all = candidate.all();
        return candidate.layers().entrySet().stream()
                .map(layer -> new RelevanceResult(
                        trialId,
                        candidate.threshold(),
                        layer.getKey(),
                        kept(layer.getValue()),
                        layer.getValue().size(),
                        head(data.schema()).metric(),
                        metric(candidate.score()),
                        finetuned,
                        (double) all.size() / kept(all)))
                .toList();
    }

    /** Accuracy, or the mean squared error in units of the label. */
    static double metric(TrainingData data, Score score) {
        return head(data.schema()).metric(score, data.encoder().targetScale());
    }

    double metric(Score score) {
        return metric(data, score);
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
        return new TrialResult(
                trialId,
                JOB,
                options.prune().method().key(),
                params,
                options.train().seed(),
                data.shards().count(),
                status,
                epochs,
                Double.NaN,
                Double.NaN,
                head(data.schema()).metric(),
                standing.metric(),
                Double.NaN,
                standing.sparsity(),
                standing.kept(),
                standing.total(),
                0,
                error);
    }
}
