package org.winnow.select;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.UserError;
import org.winnow.data.Schema;
import org.winnow.evidence.Evidence;
import org.winnow.gate.StochasticGates;
import org.winnow.kernel.Elements;
import org.winnow.layer.GateLayer;
import org.winnow.model.FeatureResult;
import org.winnow.model.GateResult;
import org.winnow.model.SizeResult;
import org.winnow.model.Standing;
import org.winnow.rank.Copies;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.TrainingData;

/**
 * The gates of a selection, and what is decided on them.
 */
record SelectionGates(Schema schema, Grouping grouping, GateLayer layer) {
    /** @throws UserError if the options do not fit the data */
    static SelectionGates of(TrainingData data, GateOptions options, SelectOptions select) {
        Schema schema = data.schema();
        Grouping grouping = Grouping.of(schema, data.dropped(), options.groups());
        if (select.topK() > grouping.gates()) {
            throw new UserError(
                    "select.top_k must be at most the number of gates, " + grouping.gates() + ", got " + select.topK());
        }
        return new SelectionGates(schema, grouping, layer(schema, grouping, options));
    }

    private static GateLayer layer(Schema schema, Grouping grouping, GateOptions options) {
        int[] mask = grouping.gateOfInput(schema);
        return GateLayer.of(
                options.gateDistribution(),
                grouping.gates(),
                new long[] {mask.length},
                mask,
                options.regWeight(),
                options.regReduction());
    }

    /** How many features' gates there are. */
    int count() {
        return grouping.gates();
    }

    /** How many inputs the layer takes. */
    int inputs() {
        return schema.inputs();
    }

    /** The values of the features' gates, of a network that begins with the layer. */
    double[] values(float[] network) {
        return Elements.read(layer.gates().values(parameters(network), true));
    }

    /**
     * The parameters of a network, its gates at most as far open as new ones. The penalty hardly moves a gate that is far
     * open, so that it would stay so at prices at which it never opens from the middle.
     *
     * @param fresh parameters of a new network
     */
    float[] halfOpen(float[] network, float[] fresh) {
        float[] begin = network.clone();
        for (int gate = 0; gate < count(); gate++) {
            begin[gate] = Math.min(network[gate], fresh[gate]);
        }
        return begin;
    }

    /** The gate layer is the first, so its parameters come first. */
    private INDArray parameters(float[] network) {
        return Nd4j.createFromArray(Arrays.copyOf(network, count()));
    }

    /** The order in which the gates help. */
    Ranking ranking(TrainingData data, NetworkOptions network, boolean sizes, long seed, Consumer<RankingStep> steps) {
        return FeatureRanking.of(data, grouping, network, sizes, seed, steps);
    }

    /** Where each gate is on the forward path. */
    int[] placesOnPath(TrainingData data, long seed) {
        return FeatureRanking.placesOnPath(data, grouping, seed);
    }

    /** What the first one, two, … of a ranking are worth. */
    List<SizeResult> sizes(String trialId, Ranking ranking, TrainingData data) {
        return IntStream.range(0, ranking.sizes().size())
                .mapToObj(place -> new SizeResult(
                        trialId,
                        place + 1,
                        ranking.order()[place],
                        grouping.names().get(ranking.order()[place]),
                        data.head().metric(),
                        data.metric(ranking.sizes().get(place))))
                .toList();
    }

    /** How strongly the rows say that each gate matters. */
    Evidence evidence(TrainingData data) {
        return Evidence.of(data.shards(), data.head(), grouping.gateOfInput(schema), count());
    }

    /**
     * What the gates came to, in their order, and which are kept.
     *
     * @param evidence of the gates; untested if it does not decide
     * @param places of the gates on the forward path
     */
    List<GateResult> results(String trialId, Trained gated, SelectOptions select, Evidence evidence, int[] places) {
        StochasticGates gates = layer.gates();
        INDArray parameters = parameters(gated.network().parameters());
        double[] values = Elements.read(gates.values(parameters, true));
        double[] raw = Elements.read(gates.values(parameters, false));
        double[] active = Elements.read(gates.activeProbabilities(parameters));
        int[] ranks = ranks(evidence.p(), values, places);
        return IntStream.range(0, count())
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
                        evidence.p()[gate],
                        evidence.q()[gate],
                        ranks[gate],
                        kept(select, ranks[gate], values[gate], evidence.q()[gate])))
                .toList();
    }

    /** Gates that are open where they are kept and else closed, without having been trained. */
    List<GateResult> ranked(String trialId, SelectOptions select, Evidence evidence, Ranking ranking) {
        int[] ranks = ranks(evidence.p(), new double[count()], ranking.places());
        int useful = Math.max(1, ranking.useful());
        int most = select.topK() > 0 ? select.topK() : useful;
        return IntStream.range(0, count())
                .mapToObj(gate -> {
                    boolean kept = select.fdr() > 0 ? evidence.q()[gate] <= select.fdr() : ranks[gate] <= most;
                    return new GateResult(
                            trialId,
                            Networks.GATES,
                            gate,
                            grouping.names().get(gate),
                            kept ? 1 : 0,
                            Double.NaN,
                            Double.NaN,
                            Double.NaN,
                            Double.NaN,
                            Double.NaN,
                            Double.NaN,
                            evidence.p()[gate],
                            evidence.q()[gate],
                            ranks[gate],
                            kept);
                })
                .toList();
    }

    /** The same gates, as other options decide on them. */
    static List<GateResult> decide(List<GateResult> gates, String trialId, SelectOptions select) {
        return gates.stream()
                .map(gate -> gate.decided(trialId, kept(select, gate.rank(), gate.value(), gate.qValue())))
                .toList();
    }

    private static boolean kept(SelectOptions select, int rank, double value, double q) {
        if (select.fdr() > 0) {
            return q <= select.fdr();
        }
        return select.topK() > 0 ? rank <= select.topK() : value > select.threshold();
    }

    /**
     * Ranks from 1: by p-value, then value, then place on the forward path. Gates that are closed, or fully open, have one
     * value, and what is left of their raw values says nothing of how much they help.
     */
    private int[] ranks(double[] p, double[] values, int[] places) {
        Comparator<Integer> byEvidence = Comparator.comparingDouble(gate -> p[gate]);
        List<Integer> order = IntStream.range(0, count())
                .boxed()
                .sorted(byEvidence.thenComparingDouble(gate -> -values[gate]).thenComparingInt(gate -> places[gate]))
                .toList();
        int[] ranks = new int[order.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[order.get(i)] = i + 1;
        }
        return ranks;
    }

    /** Features whose gates are kept, by their index. */
    List<Integer> keptFeatures(List<GateResult> gates) {
        return IntStream.range(0, schema.features().size())
                .filter(feature -> gates.get(grouping.gateOfFeature()[feature]).selected())
                .boxed()
                .toList();
    }

    int[] keptInputs(List<GateResult> gates) {
        int[] gateOfInput = grouping.gateOfInput(schema);
        return IntStream.range(0, gateOfInput.length)
                .filter(input -> gates.get(gateOfInput[input]).selected())
                .toArray();
    }

    /** The value of each input's gate. */
    double[] valueOfInput(List<GateResult> gates) {
        return Arrays.stream(grouping.gateOfInput(schema))
                .mapToDouble(gate -> gates.get(gate).value())
                .toArray();
    }

    /** The features with what their gates came to, by rank, and where they stand if the gates were ranked. */
    List<FeatureResult> features(List<GateResult> gates, Optional<Ranking> ranking) {
        return grouping.features(
                schema,
                gates,
                gate -> ranking.map(known -> standing(known, gate)).orElse(Standing.NONE));
    }

    private Standing standing(Ranking ranking, int gate) {
        List<Integer> alike = ranking.copyOf()[gate] == Copies.NONE
                ? ranking.alike().getOrDefault(gate, List.of())
                : List.of(ranking.copyOf()[gate]);
        return new Standing(
                ranking.gains()[gate],
                ranking.deviations()[gate],
                ranking.lowest()[gate],
                ranking.highest()[gate],
                alike.stream().map(grouping.names()::get).toList());
    }
}
