package org.winnow.select;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.UserError;
import org.winnow.data.Schema;
import org.winnow.data.Task;
import org.winnow.gate.StochasticGates;
import org.winnow.kernel.Elements;
import org.winnow.layer.GateLayer;
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
 * Selects features with stochastic gates (Yamada et al. 2020, arXiv:1810.04247): a network learns behind gates that cost
 * something to keep open; the features whose gates stay open are kept; the network is fine-tuned on them alone, and
 * judged on held-out rows against one that saw all features.
 */
public final class FeatureSelection {
    static final String METHOD = "stochastic-gates";

    /** A covariance matrix of these comes from every shard. */
    private static final int MOST_INPUTS_WITH_KNOCKOFFS = 1000;

    /** What a selection is asked to do. */
    public record Options(GateOptions gates, NetworkOptions network, TrainOptions train, SelectOptions select)
            implements Serializable {}

    /** The networks that a selection trains, in their order. */
    public enum Phase {
        SELECTING,
        FINE_TUNING,
        ALL_FEATURES
    }

    /** Hears of every round, on the driver. */
    @FunctionalInterface
    public interface Listener {
        void after(Phase phase, Round round, int openGates);
    }

    private final TrainingData data;
    private final Options options;
    private final Listener listener;
    private final Head head;
    private final Grouping grouping;
    private final boolean knockoffs;
    private final GateLayer layer;

    /**
     * Prepares a selection, whose steps may be taken one by one.
     *
     * @throws UserError if the options do not fit the data
     */
    public FeatureSelection(TrainingData data, Options options, Listener listener) {
        this.data = data;
        this.options = options;
        this.listener = listener;
        Schema schema = data.schema();
        head = head(schema);
        grouping = Grouping.of(schema, data.dropped(), options.gates().groups());
        int topK = options.select().topK();
        if (topK > grouping.gates()) {
            throw new UserError(
                    "select.top_k must be at most the number of gates, " + grouping.gates() + ", got " + topK);
        }
        knockoffs = options.select().fdr() > 0;
        if (knockoffs && schema.inputs() > MOST_INPUTS_WITH_KNOCKOFFS) {
            throw new UserError("select.fdr: knockoffs are made of at most " + MOST_INPUTS_WITH_KNOCKOFFS
                    + " inputs, the data has " + schema.inputs());
        }
        layer = gateLayer();
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

    private Selection fit(Map<String, String> params) {
        long started = System.nanoTime();
        String trialId = TrialId.of(params, data.fingerprint());
        Trained gated = trainGates(trialId, Optional.empty(), Leg.WHOLE, (round, values) -> {});
        List<GateResult> gates = gates(trialId, gated, options.select());
        int[] inputs = keptInputs(gates);
        if (inputs.length == 0) {
            throw new UserError(nothingKept());
        }
        Trained tuned = fineTune(trialId, gated.network(), gates, options.select());
        // Without held-out rows there is nothing to compare on.
        Score allFeatures = data.testRows() == 0 ? Score.NONE : trainOnAll(trialId);
        double seconds = (System.nanoTime() - started) * 1e-9;
        TrialResult trial =
                trial(trialId, params, gated.loss(), gates, Optional.of(tuned.heldOut()), allFeatures, seconds);
        return new Selection(trial, gates, features(gates), data.encoder().keep(keptFeatures(gates)), tuned.network());
    }

    /** Why a selection that keeps nothing is none. */
    public String nothingKept() {
        if (knockoffs) {
            return "not enough features are ahead of their knockoffs at select.fdr "
                    + options.select().fdr() + ": every feature was dropped; raise it, or lower gates.reg_weight ("
                    + options.gates().regWeight() + ")";
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
            List<GateResult> gates,
            Optional<Score> tuned,
            Score allFeatures,
            double seconds) {
        int total = data.schema().features().size();
        int kept = keptFeatures(gates).size();
        return new TrialResult(
                trialId,
                "select",
                METHOD,
                params,
                options.train().seed(),
                data.shards().count(),
                tuned.isPresent() ? "done" : "empty",
                options.train().epochs() + (tuned.isPresent() ? options.select().finetuneEpochs() : 0),
                trainLoss,
                tuned.map(Score::meanLoss).orElse(Double.NaN),
                head.metric(),
                tuned.map(this::metric).orElse(Double.NaN),
                metric(allFeatures),
                1 - (double) kept / total,
                kept,
                total,
                seconds,
                "");
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
        int total = data.schema().features().size();
        return new TrialResult(
                trialId,
                "select",
                METHOD,
                params,
                options.train().seed(),
                data.shards().count(),
                status,
                epochs,
                Double.NaN,
                Double.NaN,
                head(data.schema()).metric(),
                metric,
                Double.NaN,
                1 - (double) kept / total,
                kept,
                total,
                0,
                error);
    }

    private static Head head(Schema schema) {
        return schema.task() == Task.REGRESSION ? Head.number() : Head.classes(schema.outputs());
    }

    /** Features whose gates are kept, by their index. */
    public List<Integer> keptFeatures(List<GateResult> gates) {
        return IntStream.range(0, data.schema().features().size())
                .filter(feature -> gates.get(grouping.gateOfFeature()[feature]).selected())
                .boxed()
                .toList();
    }

    /** The features with what their gates came to, by rank. */
    public List<FeatureResult> features(List<GateResult> gates) {
        return grouping.features(data.schema(), gates);
    }

    private GateLayer gateLayer() {
        GateOptions gates = options.gates();
        int[] own = grouping.gateOfInput(data.schema());
        int[] mask = knockoffs
                ? IntStream.concat(Arrays.stream(own), Arrays.stream(own).map(gate -> gate + grouping.gates()))
                        .toArray()
                : own;
        return GateLayer.of(
                gates.gateDistribution(),
                layerGates(),
                new long[] {mask.length},
                mask,
                gates.regWeight(),
                gates.regReduction());
    }

    /**
     * Trains the network behind gates.
     *
     * @param name of the trial, for checkpoints
     * @param from parameters of a network of the same shape to start from, instead of new ones
     * @param leg part of the training to do
     * @param values hears of the gates' values after every round
     */
    public Trained trainGates(String name, Optional<float[]> from, Leg leg, BiConsumer<Round, double[]> values) {
        NetworkState fresh = fresh();
        NetworkState start = new NetworkState(fresh.configuration(), from.orElse(fresh.parameters()));
        Run run = run(name, Phase.SELECTING, round -> {
            double[] all = Elements.read(layer.gates().values(gateParameters(round.parameters()), true));
            double[] now = Arrays.copyOf(all, grouping.gates());
            values.accept(round, now);
            return (int) Arrays.stream(now)
                    .filter(v -> v > options.select().threshold())
                    .count();
        });
        if (!knockoffs) {
            return AveragingTrainer.fit(data.shards(), start, head, options.train(), run, leg);
        }
        Knockoffs made = Knockoffs.of(data.shards().moments());
        long seed = options.train().seed();
        try (Shards wide = data.shards().map(shard -> made.beside(shard, seed))) {
            return AveragingTrainer.fit(wide, start, head, options.train(), run, leg);
        }
    }

    /** Gates of the layer: those of the features, and with knockoffs as many of theirs. */
    private int layerGates() {
        return knockoffs ? 2 * grouping.gates() : grouping.gates();
    }

    /** The gate layer is the first, so its parameters come first. */
    private INDArray gateParameters(float[] parameters) {
        return Nd4j.createFromArray(Arrays.copyOf(parameters, layerGates()));
    }

    /** The network with gates, of such parameters. */
    public NetworkState gated(float[] parameters) {
        return new NetworkState(fresh().configuration(), parameters);
    }

    private NetworkState fresh() {
        int inputs = knockoffs ? 2 * data.schema().inputs() : data.schema().inputs();
        return Networks.build(Optional.of(layer), inputs, head, options.network(), options.train());
    }

    /** The same gates, as other options decide on them. */
    public static List<GateResult> decide(List<GateResult> gates, String trialId, SelectOptions select) {
        return gates.stream()
                .map(gate -> gate.decided(
                        trialId, select.fdr() > 0 ? gate.selected() : kept(select, gate.rank(), gate.value())))
                .toList();
    }

    private static boolean kept(SelectOptions select, int rank, double value) {
        return select.topK() > 0 ? rank <= select.topK() : value > select.threshold();
    }

    /** What the gates came to, in their order, and which are kept. */
    public List<GateResult> gates(String trialId, Trained gated, SelectOptions select) {
        StochasticGates gates = layer.gates();
        INDArray parameters = gateParameters(gated.network().parameters());
        double[] values = Elements.read(gates.values(parameters, true));
        double[] raw = Elements.read(gates.values(parameters, false));
        double[] active = Elements.read(gates.activeProbabilities(parameters));
        int[] ranks = ranks(values, raw);
        boolean[] ahead = knockoffs ? Knockoffs.filter(leads(raw), select.fdr()) : new boolean[0];
        return IntStream.range(0, grouping.gates())
                .mapToObj(gate -> new GateResult(
                        trialId,
                        Networks.GATES,
                        gate,
                        grouping.names().get(gate),
                        values[gate],
                        raw[gate],
                        active[gate],
                        gated.gates().mean()[gate],
                        gated.gates().deviation(gate),
                        gated.gatesOverRounds().mean()[gate],
                        gated.gatesOverRounds().deviation(gate),
                        ranks[gate],
                        knockoffs ? ahead[gate] : kept(select, ranks[gate], values[gate])))
                .toList();
    }

    /** How far gates are ahead of those of their knockoffs. */
    private double[] leads(double[] raw) {
        return IntStream.range(0, grouping.gates())
                .mapToDouble(gate -> raw[gate] - raw[gate + grouping.gates()])
                .toArray();
    }

    /** Ranks from 1: by value, then raw value, then gate. */
    private int[] ranks(double[] values, double[] raw) {
        Comparator<Integer> byValue = Comparator.comparingDouble(gate -> -values[gate]);
        List<Integer> order = IntStream.range(0, grouping.gates())
                .boxed()
                .sorted(byValue.thenComparingDouble(gate -> -raw[gate]))
                .toList();
        int[] ranks = new int[order.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[order.get(i)] = i + 1;
        }
        return ranks;
    }

    private int[] keptInputs(List<GateResult> gates) {
        int[] gateOfInput = grouping.gateOfInput(data.schema());
        return IntStream.range(0, gateOfInput.length)
                .filter(input -> gates.get(gateOfInput[input]).selected())
                .toArray();
    }

    /** Trains the network on the kept features alone; at least one is kept. */
    public Trained fineTune(String name, NetworkState gated, List<GateResult> gates, SelectOptions select) {
        TrainOptions train =
                options.train().forFineTuning(Math.max(1, select.finetuneEpochs()), select.finetuneLearningRate());
        int[] inputs = keptInputs(gates);
        double[] gateOfInput = Arrays.stream(grouping.gateOfInput(data.schema()))
                .mapToDouble(gate -> gates.get(gate).value())
                .toArray();
        NetworkState plain = Networks.build(Optional.empty(), inputs.length, head, options.network(), train);
        NetworkState start = InputGates.remove(gated, plain, inputs, gateOfInput);
        try (Shards narrow = data.shards().keep(inputs)) {
            if (select.finetuneEpochs() == 0) {
                return AveragingTrainer.untrained(narrow, start, head);
            }
            return AveragingTrainer.fit(
                    narrow, start, head, train, run(name, Phase.FINE_TUNING, round -> openCount(gates)));
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
                        run(name, Phase.ALL_FEATURES, round -> grouping.gates()))
                .heldOut();
    }

    /** A run named by trial and phase, whose rounds are heard of with the number of open gates. */
    private Run run(String trialId, Phase phase, ToIntFunction<Round> openGates) {
        return new Run(
                trialId + "-" + phase.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                data.shards().hadoop(),
                round -> listener.after(phase, round, openGates.applyAsInt(round)));
    }

    private static int openCount(List<GateResult> gates) {
        return (int) gates.stream().filter(GateResult::selected).count();
    }

    /** Accuracy, or the mean squared error in units of the label. */
    public double metric(Score score) {
        double scale = data.encoder().targetScale();
        return head.metric(score, scale);
    }
}
