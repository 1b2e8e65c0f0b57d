package org.winnow.prune;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.winnow.check.UserError;
import org.winnow.model.AblationResult;
import org.winnow.model.NetworkState;
import org.winnow.model.RelevanceResult;
import org.winnow.model.SavedNetwork;
import org.winnow.model.Score;
import org.winnow.model.TrialId;
import org.winnow.model.TrialResult;
import org.winnow.prune.Pruned.ThresholdMasks;
import org.winnow.surgery.Delivery;
import org.winnow.surgery.Pruning;
import org.winnow.surgery.State;
import org.winnow.train.Architecture;
import org.winnow.train.ArchitectureOptions;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Head;
import org.winnow.train.Leg;
import org.winnow.train.TrainOptions;
import org.winnow.train.TrainingData;

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
     * @param given the network to begin with; null: the one that {@code network} describes
     * @param train the stage that makes sparse, and what all stages share
     */
    public record Options(
            ArchitectureOptions network,
            @Nullable SavedNetwork given,
            StageOptions dense,
            TrainOptions train,
            PruneOptions prune,
            StageOptions finetune)
            implements Serializable {}

    /**
     * How a network stands that is on its way.
     *
     * @param metric of the network masked at the first threshold, on held-out rows
     * @param sparsity share of weights dropped there
     */
    public record Standing(double metric, double sparsity, int kept, int total) {}

    private final TrainingData data;
    private final PruneOptions prune;
    private final PruneListener listener;
    private final Head head;
    private final NetworkState start;
    private final Plan plan;
    private final String trialId;
    private final Stages stages;
    private final Records records;
    private final Search.Target target;
    private final Map<Double, Source> sources = new HashMap<>();

    /**
     * Prepares a pruning, whose steps may be taken one by one.
     *
     * @param name of what is trained, for checkpoints and in tables: the trial's
     * @param params every configuration key with its value, to be kept with the result
     * @throws UserError if the options do not fit the network or the data
     */
    public NetworkPruning(
            TrainingData data, Options options, String name, Map<String, String> params, PruneListener listener) {
        this.data = data;
        this.listener = listener;
        prune = options.prune();
        target = new Search.Target(prune.targetSparsity(), prune.targetMetricDrop());
        head = data.head();
        int inputs = data.schema().inputs();
        SavedNetwork given = options.given();
        NetworkState first =
                given != null ? given.network() : Architecture.build(options.network(), inputs, head, options.train());
        try {
            Delivery.requirePossible(first);
        } catch (IllegalArgumentException e) {
            throw new UserError("network.path: the network cannot be made small: " + e.getMessage(), e);
        }
        Architecture.requireFits(first, inputs, head, "network.path: the network");
        start = given != null ? Renormalising.of(given, data.encoder()) : first;
        plan = Plan.of(prune, Pruning.layers(start));
        trialId = name;
        stages = new Stages(data, options, head, plan, name, listener);
        records = new Records(data, options, name, params, stages.epochs());
        if (prune.targetMetricDrop() >= 0 && given == null && options.dense().epochs() == 0) {
            throw new UserError("prune.target_metric_drop is against a dense network: dense.epochs must be at least 1,"
                    + " or network.path a trained network, got dense.epochs = 0");
        }
        if (data.testRows() == 0 && prune.searches()) {
            throw new UserError("data.test_fraction must hold out rows for a search to judge on, got 0");
        }
    }

    /**
     * Prunes.
     *
     * @param params every configuration key with its value, to be kept with the result
     * @throws UserError if the options do not fit the network or the data, or a layer loses all its weights
     */
    public static Pruned fit(TrainingData data, Options options, Map<String, String> params, PruneListener listener) {
        NetworkPruning pruning =
                new NetworkPruning(data, options, TrialId.of(params, data.fingerprint()), params, listener);
        long started = System.nanoTime();
        Pruned pruned = pruning.prune(pruning.dense(), started);
        if (pruned.isEmpty()) {
            throw new UserError(pruned.trial().error());
        }
        return pruned;
    }

    /** Trains the network that is pruned. */
    public DenseNetwork dense() {
        return stages.dense(start);
    }

    /** Whether some layer learns what to drop, so that there is a training that makes sparse. */
    public boolean learns() {
        return plan.learns();
    }

    /**
     * Makes a dense network sparse by training.
     *
     * @param from parameters of such a network to start from, instead of the dense one's
     * @param leg part of the training to do
     */
    public Trained sparsify(DenseNetwork dense, Optional<float[]> from, Leg leg) {
        NetworkState sparse = stages.sparse(dense, prune.regWeight());
        NetworkState begin = new NetworkState(sparse.configuration(), from.orElse(sparse.parameters()));
        return stages.sparsify(begin, "1", leg);
    }

    /** Takes what {@link #sparsify} came to, so that {@link #prune} need not train it again. */
    public void sparsified(DenseNetwork dense, float[] parameters, double loss) {
        NetworkState network =
                new NetworkState(stages.sparse(dense, prune.regWeight()).configuration(), parameters);
        sources.put(prune.regWeight(), new Source(network, network, loss));
    }

    /** How a network stands that {@link #sparsify} has made so far. */
    public Standing standing(DenseNetwork dense, NetworkState sparse, double loss) {
        Candidate now = candidate(dense, new Source(sparse, sparse, loss), prune.regWeight(), prune.firstThreshold());
        TrialResult row = records.tried(now, dense, 0);
        return new Standing(row.testMetric(), row.sparsity(), row.kept(), row.total());
    }

    /** The row of a trial that did not get to its end. */
    public static TrialResult unfinished(
            TrainingData data,
            Options options,
            String trialId,
            Map<String, String> params,
            String status,
            int epochs,
            Standing standing,
            String error) {
        return new Records(data, options, trialId, params, epochs).unfinished(status, standing, error);
    }

    /**
     * Drops, fine-tunes and compares. Where a layer loses all of its weights, the result is empty, and says so.
     *
     * @param started when the trial began, on the clock of {@link System#nanoTime}
     */
    public Pruned prune(DenseNetwork dense, long started) {
        List<TrialResult> tries = new ArrayList<>();
        Candidate chosen =
                prune.searches() ? search(dense, tries) : candidate(dense, prune.regWeight(), prune.firstThreshold());
        List<Candidate> compared = compared(dense, chosen);
        Optional<String> empty = emptyLayer(compared);
        Trained result = empty.isPresent() ? stages.untrained(masked(chosen)) : tune(chosen, 1);
        List<RelevanceResult> relevance = relevance(compared, result, empty.isPresent());
        return new Pruned(
                records.result(chosen, result.heldOut(), dense, empty.orElse(""), seconds(started)),
                tries,
                tries.isEmpty() || target.isMetBy(chosen),
                relevance,
                compared.stream()
                        .map(candidate -> new ThresholdMasks(candidate.threshold(), Pruning.ones(candidate.masks())))
                        .toList(),
                Pruning.gates(chosen.source().decides()),
                empty.isPresent() ? List.of() : ablations(chosen),
                dense.network(),
                result.network());
    }

    /** The network that was chosen, and what the other thresholds make of the same training. */
    private List<Candidate> compared(DenseNetwork dense, Candidate chosen) {
        List<Candidate> compared = new ArrayList<>(List.of(chosen));
        plan.thresholds().stream()
                .skip(1)
                .forEach(other -> compared.add(candidate(dense, chosen.source(), chosen.price(), other)));
        return compared;
    }

    private Optional<String> emptyLayer(List<Candidate> compared) {
        return prune.allowEmpty()
                ? Optional.empty()
                : compared.stream().flatMap(one -> one.emptyLayer().stream()).findFirst();
    }

    private List<RelevanceResult> relevance(List<Candidate> compared, Trained result, boolean empty) {
        List<RelevanceResult> relevance = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            relevance.addAll(
                    records.relevance(compared.get(i), empty ? Score.NONE : finetuned(compared.get(i), i, result)));
        }
        return relevance;
    }

    /** The judgement of a network after fine-tuning; none of others than the result unless all are fine-tuned. */
    private Score finetuned(Candidate candidate, int number, Trained result) {
        if (number == 0) {
            return result.heldOut();
        }
        return prune.finetuneAll() ? tune(candidate, number + 1).heldOut() : Score.NONE;
    }

    private List<AblationResult> ablations(Candidate chosen) {
        return new Ablations(data, trialId).of(prune, chosen.source().decides(), chosen.masks(), chosen.layers());
    }

    private Trained tune(Candidate candidate, int number) {
        return stages.finetune(masked(candidate), "finetuning" + number);
    }

    private static NetworkState masked(Candidate candidate) {
        return Pruning.deploy(candidate.source().weights(), candidate.masks());
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) * 1e-9;
    }

    private Candidate search(DenseNetwork dense, List<TrialResult> tries) {
        Method method = prune.method();
        return new Search(target, prune.searchTries()).run(way -> {
            long started = System.nanoTime();
            boolean byThreshold = prune.searchBy() == SearchBy.THRESHOLD;
            Candidate candidate = candidate(
                    dense,
                    byThreshold ? prune.regWeight() : prune.regWeight() * Math.pow(PRICES, 2 * way - 1),
                    byThreshold
                            ? method.densest() + way * (method.sparsest() - method.densest())
                            : prune.firstThreshold());
            TrialResult tried = records.tried(candidate, dense, seconds(started));
            tries.add(tried);
            listener.tried(tried);
            return candidate;
        });
    }

    private Candidate candidate(DenseNetwork dense, double price, double threshold) {
        // Trained once for each price, or for each threshold that steps lead to.
        double key = plan.learns() ? price : prune.steps() > 1 ? threshold : 0;
        Source source = sources.get(key);
        if (source == null) {
            String number = String.valueOf(sources.size() + 1);
            source = plan.learns() ? learned(dense, price, number) : stages.stepped(dense, threshold, number);
            sources.put(key, source);
        }
        return candidate(dense, source, price, threshold);
    }

    private Source learned(DenseNetwork dense, double price, String number) {
        Trained trained = stages.sparsify(stages.sparse(dense, price), number, Leg.WHOLE);
        return new Source(trained.network(), trained.network(), trained.loss());
    }

    private Candidate candidate(DenseNetwork dense, Source source, double price, double threshold) {
        State masks = Pruning.masks(source.decides(), plan.decisions(threshold, prune.steps()));
        Score score = data.shards().judge(Pruning.deploy(source.decides(), masks), head);
        return new Candidate(
                price,
                threshold,
                source,
                masks,
                Pruning.sparsity(source.decides(), masks),
                score,
                head.goodness(data.metric(dense.score())) - head.goodness(data.metric(score)));
    }
}
