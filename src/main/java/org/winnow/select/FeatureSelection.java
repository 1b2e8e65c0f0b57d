package org.winnow.select;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.winnow.check.UserError;
import org.winnow.evidence.Evidence;
import org.winnow.model.FeatureResult;
import org.winnow.model.GateResult;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.model.TrialId;
import org.winnow.model.TrialResult;
import org.winnow.surgery.InputGates;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Head;
import org.winnow.train.Leg;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.Round;
import org.winnow.train.Run;
import org.winnow.train.Shards;
import org.winnow.train.TrainOptions;
import org.winnow.train.TrainingData;

/**
 * Selects features, and judges a network that sees those alone on held-out rows against one that saw all of them. Either
 * the features are ranked ({@link FeatureRanking}) and the first are kept. Or stochastic gates decide (Yamada et al. 2020,
 * arXiv:1810.04247): a network learns behind gates that cost something to keep open, the features whose gates stay open
 * are kept, and the network is fine-tuned on them alone.
 */
public final class FeatureSelection {
    /** What a selection is asked to do. */
    public record Options(GateOptions gates, NetworkOptions network, TrainOptions train, SelectOptions select)
            implements Serializable {}

    /** The networks that a selection trains, in their order. */
    public enum Phase {
        SELECTING,
        FINE_TUNING,
        KEPT_FEATURES,
        ALL_FEATURES
    }

    /** Hears of every step of a ranking and of every round of training, on the driver. */
    @FunctionalInterface
    public interface Listener {
        /** For who looks at the results alone. */
        Listener SILENT = (phase, round, openGates) -> {};

        void after(Phase phase, Round round, int openGates);

        /** A ranking, which has no rounds, begins to do something; several threads may say so. */
        default void ranking(RankingStep step) {}
    }

    private final TrainingData data;
    private final Options options;
    private final Listener listener;
    private final Head head;
    private final SelectionGates gates;
    private Optional<Evidence> evidence = Optional.empty();
    private Optional<int[]> places = Optional.empty();
    private Optional<Ranking> ranking = Optional.empty();

    /**
     * Prepares a selection, whose steps may be taken one by one.
     *
     * @throws UserError if the options do not fit the data
     */
    public FeatureSelection(TrainingData data, Options options, Listener listener) {
        this.data = data;
        this.options = options;
        this.listener = listener;
        head = data.head();
        gates = SelectionGates.of(data, options.gates(), options.select());
    }

    /**
     * Selects.
     *
     * @param params every configuration key with its value, to be kept with the result
     * @throws UserError if the options do not fit the data, or every gate has closed
     */
    public static Selection fit(TrainingData data, Options options, Map<String, String> params, Listener listener) {
        return new FeatureSelection(data, options, listener).fit(params);
    }

    /**
     * Requires that a selection can begin.
     *
     * @throws UserError if the options do not fit the data
     */
    public static void requirePossible(TrainingData data, Options options) {
        new FeatureSelection(data, options, Listener.SILENT);
    }

    private Selection fit(Map<String, String> params) {
        long started = System.nanoTime();
        String trialId = TrialId.of(params, data.fingerprint());
        return options.select().by() == SelectOptions.By.GATES
                ? byGates(trialId, params, started)
                : byRanking(trialId, params, started);
    }

    private Selection byGates(String trialId, Map<String, String> params, long started) {
        Trained gated = trainGates(trialId, Optional.empty(), Leg.WHOLE, (round, values) -> {});
        List<GateResult> decided = gates(trialId, gated, options.select());
        List<Integer> kept = keptFeatures(decided);
        if (kept.isEmpty()) {
            throw new UserError(nothingKept());
        }
        Trained tuned = fineTune(trialId, gated.network(), decided, options.select());
        return selection(trialId, params, gated.loss(), decided, tuned, started);
    }

    private Selection byRanking(String trialId, Map<String, String> params, long started) {
        List<GateResult> decided = ranked(trialId);
        List<Integer> kept = keptFeatures(decided);
        if (kept.isEmpty()) {
            throw new UserError(nothingKept());
        }
        Trained onKept = trainOnKept(trialId, decided);
        return selection(trialId, params, onKept.loss(), decided, onKept, started);
    }

    private Selection selection(
            String trialId,
            Map<String, String> params,
            double trainLoss,
            List<GateResult> decided,
            Trained onKept,
            long started) {
        // Without held-out rows there is nothing to compare on.
        Score allFeatures = data.testRows() == 0 ? Score.NONE : trainOnAll(trialId);
        double seconds = (System.nanoTime() - started) * 1e-9;
        TrialResult trial =
                trial(trialId, params, trainLoss, decided, Optional.of(onKept.heldOut()), allFeatures, seconds);
        return new Selection(
                trial,
                decided,
                features(decided),
                data.encoder().keep(keptFeatures(decided)),
                onKept.network(),
                ranking.map(known -> gates.sizes(trialId, known, data)).orElse(List.of()),
                ranking.map(known -> known.useful() > 0).orElse(true));
    }

    /** The gates as the ranking orders them, and which are kept. */
    public List<GateResult> ranked(String trialId) {
        return gates.ranked(trialId, options.select(), evidence(options.select()), ranking());
    }

    /** Why a selection that keeps nothing is none. */
    public String nothingKept() {
        if (options.select().fdr() > 0) {
            double least = Arrays.stream(evidence(options.select()).q()).min().orElse(1);
            return "no feature has a q-value of at most select.fdr "
                    + options.select().fdr() + String.format(Locale.ROOT, ", the least is %.2g", least)
                    + ": every feature was dropped; raise it, or give more rows";
        }
        return "no gate is above select.threshold " + options.select().threshold()
                + ": every feature was dropped; lower gates.reg_weight ("
                + options.gates().regWeight()
                + ") or set select.top_k";
    }

    /**
     * The row of a trial.
     *
     * @param trainLoss of the training with gates
     * @param tuned judgement of the final network; empty where nothing was kept
     * @param allFeatures judgement of a network that saw all features
     */
    public TrialResult trial(
            String trialId,
            Map<String, String> params,
            double trainLoss,
            List<GateResult> decided,
            Optional<Score> tuned,
            Score allFeatures,
            double seconds) {
        int kept = keptFeatures(decided).size();
        return new Records(data, options, trialId, params).ended(trainLoss, kept, tuned, allFeatures, seconds);
    }

    /**
     * The row of a trial that did not get to its end.
     *
     * @param status {@code stopped} or {@code failed}
     * @param metric of the network with gates so far; not a number if it is not known
     * @param kept features so far
     */
    public static TrialResult unfinished(
            TrainingData data,
            Options options,
            String trialId,
            Map<String, String> params,
            String status,
            int epochs,
            double metric,
            int kept,
            String error) {
        return new Records(data, options, trialId, params).unfinished(status, epochs, metric, kept, error);
    }

    /** Features whose gates are kept, by their index. */
    public List<Integer> keptFeatures(List<GateResult> decided) {
        return gates.keptFeatures(decided);
    }

    /** The features with what their gates came to, by rank, and where they stand if they were ranked. */
    public List<FeatureResult> features(List<GateResult> decided) {
        return gates.features(decided, ranking);
    }

    /** What the gates came to, in their order, and which are kept. */
    public List<GateResult> gates(String trialId, Trained gated, SelectOptions select) {
        return gates.results(trialId, gated, select, evidence(select), places());
    }

    /** Places of the gates on the forward path, which orders those that training left fully open or closed. */
    private int[] places() {
        if (places.isEmpty()) {
            places = Optional.of(gates.placesOnPath(data, options.train().seed()));
        }
        return places.get();
    }

    private Ranking ranking() {
        if (ranking.isEmpty()) {
            ranking = Optional.of(gates.ranking(
                    data,
                    options.network(),
                    options.select().path(),
                    options.train().seed(),
                    listener::ranking));
        }
        return ranking.get();
    }

    /** Tests of the gates, where they decide. */
    private Evidence evidence(SelectOptions select) {
        if (select.fdr() == 0) {
            return Evidence.untested(gates.count());
        }
        if (evidence.isEmpty()) {
            evidence = Optional.of(gates.evidence(data));
        }
        return evidence.get();
    }

    /** The same gates, as other options decide on them. */
    public static List<GateResult> decide(List<GateResult> decided, String trialId, SelectOptions select) {
        return SelectionGates.decide(decided, trialId, select);
    }

    /**
     * Trains the network behind gates.
     *
     * @param name of the trial, for checkpoints
     * @param from parameters of a network of the same shape to start from, instead of new ones; gates that are further
     *     open than new ones begin as those do
     * @param leg part of the training to do
     * @param values hears of the gates' values after every round
     */
    public Trained trainGates(String name, Optional<float[]> from, Leg leg, BiConsumer<Round, double[]> values) {
        NetworkState fresh = fresh();
        float[] begin =
                from.map(given -> gates.halfOpen(given, fresh.parameters())).orElse(fresh.parameters());
        NetworkState start = new NetworkState(fresh.configuration(), begin);
        Run run = run(name, Phase.SELECTING, round -> {
            double[] now = gates.values(round.parameters());
            values.accept(round, now);
            return above(options.select().threshold(), now);
        });
        return AveragingTrainer.fit(data.shards(), start, head, options.train(), run, leg);
    }

    /** The network with gates, of such parameters. */
    public NetworkState gated(float[] parameters) {
        return new NetworkState(fresh().configuration(), parameters);
    }

    private NetworkState fresh() {
        return Networks.build(Optional.of(gates.layer()), gates.inputs(), head, options.network(), options.train());
    }

    /** Trains the network on the kept features alone; at least one is kept. */
    public Trained fineTune(String name, NetworkState gated, List<GateResult> decided, SelectOptions select) {
        TrainOptions train =
                options.train().forFineTuning(Math.max(1, select.finetuneEpochs()), select.finetuneLearningRate());
        int[] inputs = gates.keptInputs(decided);
        NetworkState plain = Networks.build(Optional.empty(), inputs.length, head, options.network(), train);
        NetworkState start = InputGates.remove(gated, plain, inputs, gates.valueOfInput(decided));
        try (Shards narrow = data.shards().keep(inputs)) {
            if (select.finetuneEpochs() == 0) {
                return AveragingTrainer.untrained(narrow, start, head);
            }
            return AveragingTrainer.fit(
                    narrow, start, head, train, run(name, Phase.FINE_TUNING, round -> openCount(decided)));
        }
    }

    /** Trains a network on the kept features alone, from the start. */
    private Trained trainOnKept(String name, List<GateResult> decided) {
        int[] inputs = gates.keptInputs(decided);
        NetworkState start = Networks.build(Optional.empty(), inputs.length, head, options.network(), options.train());
        try (Shards narrow = data.shards().keep(inputs)) {
            return AveragingTrainer.fit(
                    narrow, start, head, options.train(), run(name, Phase.KEPT_FEATURES, round -> openCount(decided)));
        }
    }

    /** Judges a network that learned from all features. */
    public Score trainOnAll(String name) {
        NetworkState start =
                Networks.build(Optional.empty(), data.schema().inputs(), head, options.network(), options.train());
        return AveragingTrainer.fit(
                        data.shards(),
                        start,
                        head,
                        options.train(),
                        run(name, Phase.ALL_FEATURES, round -> gates.count()))
                .heldOut();
    }

    /** A run named by trial and phase, whose rounds are heard of with the number of open gates. */
    private Run run(String trialId, Phase phase, ToIntFunction<Round> openGates) {
        return new Run(
                trialId + "-" + phase.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                data.shards().hadoop(),
                round -> listener.after(phase, round, openGates.applyAsInt(round)));
    }

    private static int above(double threshold, double... values) {
        return (int) Arrays.stream(values).filter(value -> value > threshold).count();
    }

    private static int openCount(List<GateResult> decided) {
        return (int) decided.stream().filter(GateResult::selected).count();
    }
}
