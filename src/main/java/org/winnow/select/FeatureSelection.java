package org.winnow.select;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.UserError;
import org.winnow.data.LoadedData;
import org.winnow.data.Schema;
import org.winnow.data.Shard;
import org.winnow.data.Task;
import org.winnow.gate.StochasticGates;
import org.winnow.kernel.Elements;
import org.winnow.layer.GateLayer;
import org.winnow.model.GateResult;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.model.TrialResult;
import org.winnow.surgery.InputGates;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.Round;
import org.winnow.train.Run;
import org.winnow.train.TrainOptions;

/**
 * Selects features with stochastic gates (Yamada et al. 2020, arXiv:1810.04247): a network learns behind gates that cost
 * something to keep open; the features whose gates stay open are kept; the network is fine-tuned on them alone, and
 * judged on held-out rows against one that saw all features.
 */
public final class FeatureSelection {
    static final String METHOD = "stochastic-gates";

    /** What a selection is asked to do. */
    public record Options(GateOptions gates, NetworkOptions network, TrainOptions train, SelectOptions select) {}

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

    private final LoadedData data;
    private final Options options;
    private final Listener listener;
    private final Head head;
    private final Grouping grouping;

    private FeatureSelection(LoadedData data, Options options, Listener listener) {
        this.data = data;
        this.options = options;
        this.listener = listener;
        Schema schema = data.schema();
        head = schema.task() == Task.REGRESSION ? Head.number() : Head.classes(schema.outputs());
        grouping = Grouping.of(schema, data.dropped(), options.gates().groups());
        int topK = options.select().topK();
        if (topK > grouping.gates()) {
            throw new UserError(
                    "select.top_k must be at most the number of gates, " + grouping.gates() + ", got " + topK);
        }
    }

    /**
     * Selects.
     *
     * @param params every configuration key with its value, to be kept with the result
     * @throws UserError if the options do not fit the data, or every gate has closed
     */
    public static Selection fit(LoadedData data, Options options, Map<String, String> params, Listener listener) {
        return new FeatureSelection(data, options, listener).fit(params);
    }

    private Selection fit(Map<String, String> params) {
        long started = System.nanoTime();
        String trialId = TrialId.of(params, data.fingerprint());
        GateLayer layer = gateLayer();
        Trained gated = trainGates(trialId, layer);
        List<GateResult> gates = judgeGates(trialId, layer.gates(), gated);
        boolean[] open = open(gates);
        int[] inputs = keptInputs(open);
        if (inputs.length == 0) {
            throw new UserError(
                    "no gate is above select.threshold " + options.select().threshold()
                            + ": every feature was dropped; lower gates.reg_weight ("
                            + options.gates().regWeight()
                            + ") or set select.top_k");
        }
        Trained tuned = fineTune(trialId, gated.network(), gates, inputs);
        // Without held-out rows there is nothing to compare on.
        Score allFeatures =
                data.testRows() == 0 ? Score.NONE : trainOnAll(trialId).heldOut();

        int total = data.schema().features().size();
        List<Integer> keptFeatures = IntStream.range(0, total)
                .filter(feature -> open[grouping.gateOfFeature()[feature]])
                .boxed()
                .toList();
        TrialResult trial = new TrialResult(
                trialId,
                "select",
                METHOD,
                params,
                options.train().seed(),
                data.shardCount(),
                "done",
                options.train().epochs() + options.select().finetuneEpochs(),
                gated.loss(),
                tuned.heldOut().meanLoss(),
                head.metric(),
                metric(tuned.heldOut()),
                metric(allFeatures),
                1 - (double) keptFeatures.size() / total,
                keptFeatures.size(),
                total,
                (System.nanoTime() - started) * 1e-9,
                "");
        return new Selection(
                trial,
                gates,
                grouping.features(data.schema(), gates),
                data.encoder().keep(keptFeatures),
                tuned.network());
    }

    private GateLayer gateLayer() {
        GateOptions gates = options.gates();
        int[] mask = grouping.gateOfInput(data.schema());
        return GateLayer.of(
                gates.gateDistribution(),
                grouping.gates(),
                new long[] {mask.length},
                mask,
                gates.regWeight(),
                gates.regReduction());
    }

    private Trained trainGates(String trialId, GateLayer layer) {
        NetworkState start =
                Networks.build(Optional.of(layer), data.schema().inputs(), head, options.network(), options.train());
        StochasticGates gates = layer.gates();
        double threshold = options.select().threshold();
        Run run = run(trialId, Phase.SELECTING, round -> {
            double[] values = Elements.read(gates.values(gateParameters(round.parameters()), true));
            return (int) Arrays.stream(values).filter(v -> v > threshold).count();
        });
        return AveragingTrainer.fit(data.shards(), start, head, options.train(), run);
    }

    /** The gate layer is the first, so its parameters come first. */
    private INDArray gateParameters(float[] parameters) {
        return Nd4j.createFromArray(Arrays.copyOf(parameters, grouping.gates()));
    }

    private List<GateResult> judgeGates(String trialId, StochasticGates gates, Trained gated) {
        INDArray parameters = gateParameters(gated.network().parameters());
        double[] values = Elements.read(gates.values(parameters, true));
        double[] raw = Elements.read(gates.values(parameters, false));
        double[] active = Elements.read(gates.activeProbabilities(parameters));
        int[] ranks = ranks(values, raw);
        SelectOptions select = options.select();
        return IntStream.range(0, values.length)
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
                        select.topK() > 0 ? ranks[gate] <= select.topK() : values[gate] > select.threshold()))
                .toList();
    }

    /** Ranks from 1: by value, then raw value, then gate. */
    private static int[] ranks(double[] values, double[] raw) {
        Comparator<Integer> byValue = Comparator.comparingDouble(gate -> -values[gate]);
        List<Integer> order = IntStream.range(0, values.length)
                .boxed()
                .sorted(byValue.thenComparingDouble(gate -> -raw[gate]))
                .toList();
        int[] ranks = new int[values.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[order.get(i)] = i + 1;
        }
        return ranks;
    }

    private static boolean[] open(List<GateResult> gates) {
        boolean[] open = new boolean[gates.size()];
        gates.forEach(gate -> open[gate.gate()] = gate.selected());
        return open;
    }

    private int[] keptInputs(boolean[] open) {
        int[] gateOfInput = grouping.gateOfInput(data.schema());
        return IntStream.range(0, gateOfInput.length)
                .filter(input -> open[gateOfInput[input]])
                .toArray();
    }

    private Trained fineTune(String trialId, NetworkState gated, List<GateResult> gates, int[] inputs) {
        SelectOptions select = options.select();
        TrainOptions train =
                options.train().forFineTuning(Math.max(1, select.finetuneEpochs()), select.finetuneLearningRate());
        double[] gateOfInput = Arrays.stream(grouping.gateOfInput(data.schema()))
                .mapToDouble(gate -> gates.get(gate).value())
                .toArray();
        NetworkState plain = Networks.build(Optional.empty(), inputs.length, head, options.network(), train);
        NetworkState start = InputGates.remove(gated, plain, inputs, gateOfInput);
        JavaRDD<Shard> narrow = data.shards()
                .map(shard -> new Shard(
                        shard.index(), shard.train().keep(inputs), shard.test().keep(inputs)))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            if (select.finetuneEpochs() == 0) {
                return AveragingTrainer.untrained(narrow, start, head);
            }
            return AveragingTrainer.fit(
                    narrow, start, head, train, run(trialId, Phase.FINE_TUNING, round -> openCount(gates)));
        } finally {
            narrow.unpersist();
        }
    }

    private Trained trainOnAll(String trialId) {
        NetworkState start =
                Networks.build(Optional.empty(), data.schema().inputs(), head, options.network(), options.train());
        return AveragingTrainer.fit(
                data.shards(),
                start,
                head,
                options.train(),
                run(trialId, Phase.ALL_FEATURES, round -> grouping.gates()));
    }

    /** A run named by trial and phase, whose rounds are heard of with the number of open gates. */
    private Run run(String trialId, Phase phase, ToIntFunction<Round> openGates) {
        return new Run(
                trialId + "-" + phase.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                data.shards().context().hadoopConfiguration(),
                round -> listener.after(phase, round, openGates.applyAsInt(round)));
    }

    private static int openCount(List<GateResult> gates) {
        return (int) gates.stream().filter(GateResult::selected).count();
    }

    /** Accuracy, or the mean squared error in units of the label. */
    private double metric(Score score) {
        double scale = data.encoder().targetScale();
        return head.metric(score, scale);
    }
}
