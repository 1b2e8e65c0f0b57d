package org.winnow.prune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.winnow.check.UserError;
import org.winnow.data.LoadedData;
import org.winnow.data.Task;
import org.winnow.model.NetworkState;
import org.winnow.model.RelevanceResult;
import org.winnow.model.Score;
import org.winnow.model.TrialId;
import org.winnow.model.TrialResult;
import org.winnow.prune.Pruned.ThresholdMasks;
import org.winnow.sparsifier.Sparsity;
import org.winnow.surgery.Delivery;
import org.winnow.surgery.Pruning;
import org.winnow.surgery.State;
import org.winnow.train.Architecture;
import org.winnow.train.ArchitectureOptions;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Head;
import org.winnow.train.Shards;
import org.winnow.train.TrainOptions;

/**
 * Prunes a network: it learns densely, learns on while its layers are made sparse, loses what a threshold calls
 * irrelevant, and is fine-tuned. Magnitude pruning has no stage of its own, and may go in steps.
 */
public final class NetworkPruning {
    /** How far a search goes from the given price of a weight, up and down. */
    private static final double PRICES = 100;

    /**
     * What pruning is asked to do.
     *
     * @param train the stage that makes sparse, and what all stages share
     */
    public record Options(
            ArchitectureOptions network,
            StageOptions dense,
            TrainOptions train,
            PruneOptions prune,
            StageOptions finetune) {}

    /**
     * A network at a price and a threshold.
     *
     * @param layers how many weights of each are dropped
     * @param score of the masked network, not fine-tuned
     * @param metricDrop how much worse it is than the dense one
     */
    private record Candidate(
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
    }

    private final LoadedData data;
    private final Options options;
    private final PruneOptions prune;
    private final Map<String, String> params;
    private final PruneListener listener;
    private final Head head;
    private final NetworkState start;
    private final Plan plan;
    private final String trialId;
    private final Stages stages;
    private final Search.Target target;
    private final Map<Double, Source> sources = new HashMap<>();

    private NetworkPruning(
            LoadedData data,
            Optional<NetworkState> given,
            Options options,
            Map<String, String> params,
            PruneListener listener) {
        this.data = data;
        this.options = options;
        this.params = params;
        this.listener = listener;
        prune = options.prune();
        target = new Search.Target(prune.targetSparsity(), prune.targetMetricDrop());
        head = data.schema().task() == Task.REGRESSION
                ? Head.number()
                : Head.classes(data.schema().outputs());
        int inputs = data.schema().inputs();
        start = given.orElseGet(() -> Architecture.build(options.network(), inputs, head, options.train()));
        Architecture.requireFits(start, inputs, head, "network.path: the network");
        try {
            Delivery.requirePossible(start);
        } catch (IllegalArgumentException e) {
            throw new UserError("network.path: the network cannot be made small: " + e.getMessage(), e);
        }
        plan = Plan.of(prune, Pruning.layers(start));
        trialId = TrialId.of(params, data.fingerprint());
        stages = new Stages(data, options, head, plan, trialId, listener);
        if (data.testRows() == 0 && prune.searches()) {
            throw new UserError("data.test_fraction must hold out rows for a search to judge on, got 0");
        }
    }

    /**
     * Prunes.
     *
     * @param given the network to begin with; empty: the one that the options describe
     * @param params every configuration key with its value, to be kept with the result
     * @throws UserError if the options do not fit the network or the data, or a layer loses all its weights
     */
    public static Pruned fit(
            LoadedData data,
            Optional<NetworkState> given,
            Options options,
            Map<String, String> params,
            PruneListener listener) {
        return new NetworkPruning(data, given, options, params, listener).fit();
    }

    private Pruned fit() {
        long started = System.nanoTime();
        Stages.Dense dense = stages.dense(start);
        List<TrialResult> tries = new ArrayList<>();
        Candidate chosen = prune.searches()
                ? search(dense, tries)
                : candidate(dense, prune.regWeight(), plan.thresholds().get(0));
        List<Candidate> compared = new ArrayList<>(List.of(chosen));
        plan.thresholds().stream()
                .skip(1)
                .forEach(other -> compared.add(candidate(dense, chosen.source(), chosen.price(), other)));
        if (!prune.allowEmpty()) {
            compared.forEach(NetworkPruning::requireNoEmptyLayer);
        }
        List<RelevanceResult> relevance = new ArrayList<>();
        Trained result = tune(chosen, 1);
        for (int i = 0; i < compared.size(); i++) {
            Candidate candidate = compared.get(i);
            Score tuned = i == 0
                    ? result.heldOut()
                    : prune.finetuneAll() ? tune(candidate, i + 1).heldOut() : Score.NONE;
            relevance.addAll(relevance(candidate, metric(tuned)));
        }
        return new Pruned(
                trial(trialId, params, "done", chosen, result.heldOut(), dense, started),
                tries,
                tries.isEmpty() || target.isMetBy(chosen),
                relevance,
                compared.stream()
                        .map(candidate -> new ThresholdMasks(candidate.threshold(), Pruning.ones(candidate.masks())))
                        .toList(),
                Pruning.gates(chosen.source().decides()),
                new Ablations(data, head, trialId)
                        .of(prune, chosen.source().decides(), chosen.masks(), chosen.layers()),
                dense.network(),
                result.network());
    }

    private Trained tune(Candidate candidate, int number) {
        return stages.finetune(Pruning.deploy(candidate.source().weights(), candidate.masks()), "finetuning" + number);
    }

    private Candidate search(Stages.Dense dense, List<TrialResult> tries) {
        Method method = prune.method();
        return new Search(target, prune.searchTries()).run(way -> {
            long started = System.nanoTime();
            boolean byThreshold = prune.searchBy() == SearchBy.THRESHOLD;
            Candidate candidate = candidate(
                    dense,
                    byThreshold ? prune.regWeight() : prune.regWeight() * Math.pow(PRICES, 2 * way - 1),
                    byThreshold
                            ? method.densest() + way * (method.sparsest() - method.densest())
                            : plan.thresholds().get(0));
            TrialResult tried = tried(candidate, dense, started);
            tries.add(tried);
            listener.tried(tried);
            return candidate;
        });
    }

    /** A try is a trial of its own, named by the configuration that would give it without a search. */
    private TrialResult tried(Candidate candidate, Stages.Dense dense, long started) {
        Map<String, String> own = new LinkedHashMap<>(params);
        own.put("prune.reg_weight", String.valueOf(candidate.price()));
        own.put("prune.thresholds", List.of(candidate.threshold()).toString());
        String id = TrialId.of(own, data.fingerprint());
        return trial(id, own, "tried", candidate, candidate.score(), dense, started);
    }

    private Candidate candidate(Stages.Dense dense, double price, double threshold) {
        // Trained once for each price, or for each threshold that steps lead to.
        double key = plan.learns() ? price : prune.steps() > 1 ? threshold : 0;
        Source source = sources.get(key);
        if (source == null) {
            String number = String.valueOf(sources.size() + 1);
            source = plan.learns() ? stages.learned(dense, price, number) : stages.stepped(dense, threshold, number);
            sources.put(key, source);
        }
        return candidate(dense, source, price, threshold);
    }

    private Candidate candidate(Stages.Dense dense, Source source, double price, double threshold) {
        State masks = Pruning.masks(source.decides(), plan.decisions(threshold, prune.steps()));
        Score score = Shards.onSpark(data.shards()).judge(Pruning.deploy(source.decides(), masks), head);
        double drop = metric(dense.score()) - metric(score);
        return new Candidate(
                price,
                threshold,
                source,
                masks,
                Pruning.sparsity(source.decides(), masks),
                score,
                head.regression() ? -drop : drop);
    }

    private static void requireNoEmptyLayer(Candidate candidate) {
        candidate.layers().forEach((layer, sparsity) -> {
            if (sparsity.zeros() == sparsity.size()) {
                throw new UserError("prune.thresholds: at " + candidate.threshold() + ", layer " + layer
                        + " loses all of its " + sparsity.size()
                        + " weights; give another, a lower prune.reg_weight, or prune.allow_empty=true");
            }
        });
    }

    private List<RelevanceResult> relevance(Candidate candidate, double finetuned) {
        Sparsity all = candidate.all();
        return candidate.layers().entrySet().stream()
                .map(layer -> new RelevanceResult(
                        trialId,
                        candidate.threshold(),
                        layer.getKey(),
                        kept(layer.getValue()),
                        layer.getValue().size(),
                        head.metric(),
                        metric(candidate.score()),
                        finetuned,
                        (double) all.size() / kept(all)))
                .toList();
    }

    private static long kept(Sparsity sparsity) {
        return Math.round(sparsity.size() - sparsity.zeros());
    }

    private TrialResult trial(
            String id,
            Map<String, String> own,
            String status,
            Candidate candidate,
            Score score,
            Stages.Dense dense,
            long started) {
        Sparsity all = candidate.all();
        return new TrialResult(
                id,
                "prune",
                prune.method().key(),
                own,
                options.train().seed(),
                data.shardCount(),
                status,
                stages.epochs(),
                candidate.source().loss(),
                score.meanLoss(),
                head.metric(),
                metric(score),
                metric(dense.score()),
                all.share(),
                Math.toIntExact(kept(all)),
                Math.toIntExact(all.size()),
                (System.nanoTime() - started) * 1e-9,
                "");
    }

    /** Accuracy, or the mean squared error in units of the label. */
    private double metric(Score score) {
        return head.metric(score, data.encoder().targetScale());
    }
}
