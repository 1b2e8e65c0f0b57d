package org.winnow.prune;

import java.util.Map;
import java.util.Optional;
import org.winnow.model.Score;
import org.winnow.sparsifier.Sparsity;
import org.winnow.surgery.State;

/**
 * A network at a price and a threshold.
 *
 * @param layers how many weights of each are dropped
 * @param score of the masked network, not fine-tuned
 * @param metricDrop how much worse it is than the dense one
 */
record Candidate(
        double price,
        double threshold,
        Source source,
        State masks,
        Map<String, Sparsity> layers,
        Score score,
        double metricDrop)
        implements Search.Tried {
    Sparsity all() {
        return Sparsity.total(layers.values());
    }

    @Override
    public double sparsity() {
        return all().share();
    }

    /** Why it is of no use, if a layer has lost all of its weights. */
    Optional<String> emptyLayer() {
        return layers.entrySet().stream()
                .filter(layer -> layer.getValue().zeros() == layer.getValue().size())
                .findFirst()
                .map(layer -> "prune.thresholds: at " + threshold + ", layer " + layer.getKey()
                        + " loses all of its " + layer.getValue().size()
                        + " weights; give another, a lower prune.reg_weight, or prune.allow_empty=true");
    }
}
