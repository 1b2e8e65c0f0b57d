package org.winnow.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.winnow.check.UserError;
import org.winnow.model.AblationResult;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.sparsifier.Ablation;
import org.winnow.sparsifier.Ablation.Kind;
import org.winnow.sparsifier.Sparsity;
import org.winnow.surgery.Pruning;
import org.winnow.surgery.State;
import org.winnow.train.TrainingData;

/**
 * What a found subnetwork is worth: the network without it, or with random ones of its size taken out, on held-out rows
 * (Lepori, Serre, Pavlick 2023, arXiv:2310.07919). All draws are judged in one Spark job.
 */
record Ablations(TrainingData data, String trialId) {
    /**
     * The subnetwork alone, then the draws; nothing if none is asked for.
     *
     * @param network before masks
     * @param layers how many of their weights the masks drop
     * @throws UserError if complements are too small to draw from
     */
    List<AblationResult> of(PruneOptions options, NetworkState network, State masks, Map<String, Sparsity> layers) {
        Kind kind = options.ablate();
        if (kind == Kind.NONE) {
            return List.of();
        }
        if (kind == Kind.COMPLEMENT_SAMPLED) {
            layers.forEach(Ablations::requireComplement);
        }
        List<Ablation> ablations = new ArrayList<>();
        LongStream.range(0, kind == Kind.ZERO ? 1 : options.ablateRepeats())
                .forEach(draw -> ablations.add(new Ablation(kind, draw)));
        List<NetworkState> networks = new ArrayList<>(List.of(Pruning.deploy(network, masks)));
        ablations.forEach(ablation -> networks.add(Pruning.ablated(network, masks, ablation)));
        ablations.add(0, Ablation.NONE);
        List<Score> scores = data.shards().judge(networks, data.head());
        return IntStream.range(0, scores.size())
                .mapToObj(i -> new AblationResult(
                        trialId,
                        ablations.get(i).kind().name().toLowerCase(Locale.ROOT),
                        ablations.get(i).draw(),
                        data.head().metric(),
                        data.metric(scores.get(i))))
                .toList();
    }

    private static void requireComplement(String layer, Sparsity sparsity) {
        if (sparsity.zeros() > 0 && 2 * sparsity.zeros() < sparsity.size()) {
            throw new UserError("prune.ablate=complement_sampled needs layers of which at most half is kept, got "
                    + layer + " with " + Math.round(sparsity.size() - sparsity.zeros()) + " of " + sparsity.size());
        }
    }
}
