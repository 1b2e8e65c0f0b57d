package org.winnow.select;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.UserError;
import org.winnow.data.Schema;
import org.winnow.gate.StochasticGates;
import org.winnow.kernel.Elements;
import org.winnow.layer.GateLayer;
import org.winnow.model.FeatureResult;
import org.winnow.model.GateResult;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Networks;
import org.winnow.train.TrainingData;

/**
 * The gates of a selection, and what is decided on them.
 *
 * @param knockoffs whether there are as many gates again, of the features' knockoffs
 */
record SelectionGates(Schema schema, Grouping grouping, boolean knockoffs, GateLayer layer) {
    /** A covariance matrix of these comes from every shard. */
    private static final int MOST_INPUTS_WITH_KNOCKOFFS = 1000;

    /** @throws UserError if the options do not fit the data */
    static SelectionGates of(TrainingData data, GateOptions options, SelectOptions select) {
        Schema schema = data.schema();
        Grouping grouping = Grouping.of(schema, data.dropped(), options.groups());
        if (select.topK() > grouping.gates()) {
            throw new UserError(
                    "select.top_k must be at most the number of gates, " + grouping.gates() + ", got " + select.topK());
        }
        boolean knockoffs = select.fdr() > 0;
        if (knockoffs && schema.inputs() > MOST_INPUTS_WITH_KNOCKOFFS) {
            throw new UserError("select.fdr: knockoffs are made of at most " + MOST_INPUTS_WITH_KNOCKOFFS
                    + " inputs, the data has " + schema.inputs());
        }
        return new SelectionGates(schema, grouping, knockoffs, layer(schema, grouping, knockoffs, options));
    }

    private static GateLayer layer(Schema schema, Grouping grouping, boolean knockoffs, GateOptions options) {
        int[] own = grouping.gateOfInput(schema);
        int[] mask = knockoffs
                ? IntStream.concat(Arrays.stream(own), Arrays.stream(own).map(gate -> gate + grouping.gates()))
                        .toArray()
                : own;
        return GateLayer.of(
                options.gateDistribution(),
                knockoffs ? 2 * grouping.gates() : grouping.gates(),
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
        return knockoffs ? 2 * schema.inputs() : schema.inputs();
    }

    /** The values of the features' gates, of a network that begins with the layer. */
    double[] values(float[] network) {
        return Arrays.copyOf(Elements.read(layer.gates().values(parameters(network), true)), count());
    }

    /**
     * The parameters of a network, its gates at most as far open as new ones. The penalty hardly moves a gate that is far
     * open, so that it would stay so at prices at which it never opens from the middle.
     *
     * @param fresh parameters of a new network
     */
    float[] halfOpen(float[] network, float[] fresh) {
        float[] begin = network.clone();
        for (int gate = 0; gate < layerGates(); gate++) {
            begin[gate] = Math.min(network[gate], fresh[gate]);
        }
        return begin;
    }

    private int layerGates() {
        return knockoffs ? 2 * count() : count();
    }

    /** The gate layer is the first, so its parameters come first. */
    private INDArray parameters(float[] network) {
        return Nd4j.createFromArray(Arrays.copyOf(network, layerGates()));
    }

    /** What the gates came to, in their order, and which are kept. */
    List<GateResult> results(String trialId, Trained gated, SelectOptions select) {
        StochasticGates gates = layer.gates();
        INDArray parameters = parameters(gated.network().parameters());
        double[] values = Elements.read(gates.values(parameters, true));
        double[] raw = Elements.read(gates.values(parameters, false));
        double[] active = Elements.read(gates.activeProbabilities(parameters));
        int[] ranks = ranks(values, raw);
        boolean[] ahead = knockoffs ? Knockoffs.filter(leads(raw), select.fdr()) : new boolean[0];
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
                        ranks[gate],
                        knockoffs ? ahead[gate] : kept(select, ranks[gate], values[gate])))
                .toList();
    }

    /** The same gates, as other options decide on them. */
    static List<GateResult> decide(List<GateResult> gates, String trialId, SelectOptions select) {
        return gates.stream()
                .map(gate -> gate.decided(
                        trialId, select.fdr() > 0 ? gate.selected() : kept(select, gate.rank(), gate.value())))
                .toList();
    }

    private static boolean kept(SelectOptions select, int rank, double value) {
        return select.topK() > 0 ? rank <= select.topK() : value > select.threshold();
    }

    /** How far gates are ahead of those of their knockoffs. */
    private double[] leads(double[] raw) {
        return IntStream.range(0, count())
                .mapToDouble(gate -> raw[gate] - raw[gate + count()])
                .toArray();
    }

    /** Ranks from 1: by value, then raw value, then gate. */
    private int[] ranks(double[] values, double[] raw) {
        Comparator<Integer> byValue = Comparator.comparingDouble(gate -> -values[gate]);
        List<Integer> order = IntStream.range(0, count())
                .boxed()
                .sorted(byValue.thenComparingDouble(gate -> -raw[gate]))
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

    /** The features with what their gates came to, by rank. */
    List<FeatureResult> features(List<GateResult> gates) {
        return grouping.features(schema, gates);
    }
}
