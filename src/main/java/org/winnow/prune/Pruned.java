package org.winnow.prune;

import java.util.List;
import org.winnow.model.AblationResult;
import org.winnow.model.NetworkState;
import org.winnow.model.RelevanceResult;
import org.winnow.model.TrialResult;
import org.winnow.surgery.State;

/**
 * What pruning came to.
 *
 * @param trial the result
 * @param tries of a search, in their order; none without one
 * @param found whether a search met its target; true without one
 * @param relevance for each threshold its layers, in the order of the network
 * @param masks for each threshold
 * @param ablations none unless asked for
 * @param dense the network before
 * @param masked the network of the first threshold, fine-tuned unless a layer is empty
 */
public record Pruned(
        TrialResult trial,
        List<TrialResult> tries,
        boolean found,
        List<RelevanceResult> relevance,
        List<ThresholdMasks> masks,
        List<AblationResult> ablations,
        NetworkState dense,
        NetworkState masked) {
    /** Masks of 0 and 1, by the names of what they mask. */
    public record ThresholdMasks(double threshold, State masks) {}

    /** Whether a layer has lost all of its weights, which {@code prune.allow_empty} does not allow. */
    public boolean isEmpty() {
        return trial.status().equals(Records.EMPTY);
    }
}
