package org.winnow.prune;

import java.util.List;
import org.winnow.data.Feature;
import org.winnow.data.LoadedData;
import org.winnow.model.AblationResult;
import org.winnow.model.MaskResult;
import org.winnow.model.NetworkState;
import org.winnow.model.RelevanceResult;
import org.winnow.model.TrialResult;
import org.winnow.model.UnitGates;
import org.winnow.surgery.Compaction.Inputs;
import org.winnow.surgery.Delivery;
import org.winnow.surgery.MaskRecords;
import org.winnow.surgery.State;

/**
 * What pruning came to.
 *
 * @param trial the result
 * @param tries of a search, in their order; none without one
 * @param found whether a search met its target; true without one
 * @param relevance for each threshold its layers, in the order of the network
 * @param masks for each threshold
 * @param gates of the first threshold's layers, where their method has gates
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
        List<UnitGates> gates,
        List<AblationResult> ablations,
        NetworkState dense,
        NetworkState masked) {
    /** Masks of 0 and 1, by the names of what they mask. */
    public record ThresholdMasks(double threshold, State masks) {}

    /** The small network; it takes fewer inputs where each of them is a column of its own. */
    public Delivery delivery(LoadedData data) {
        boolean columns = data.schema().features().stream().allMatch(feature -> feature.kind() == Feature.Kind.NUMERIC);
        return Delivery.of(dense, masked, data.schema().inputs(), columns ? Inputs.USED : Inputs.ALL);
    }

    /** A row for each mask of each threshold. */
    public List<MaskResult> maskResults() {
        return masks.stream()
                .flatMap(at -> MaskRecords.of(trial.trialId(), at.threshold(), at.masks()).stream())
                .toList();
    }

    /** Whether a layer has lost all of its weights, which {@code prune.allow_empty} does not allow. */
    public boolean isEmpty() {
        return trial.status().equals(Records.EMPTY);
    }
}
