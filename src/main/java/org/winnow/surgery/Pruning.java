package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.layer.NetworkStates;
import org.winnow.layer.SparseLayer;
import org.winnow.model.NetworkState;
import org.winnow.model.UnitGates;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Ablation;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Gated;
import org.winnow.sparsifier.GatedActivations;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Sparsity;

/** The steps of pruning between networks as plain data; each leaves what it is given as it was. */
public final class Pruning {
    private Pruning() {}

    /**
     * How a layer is made sparse.
     *
     * @param method the sparsifier for its operator
     * @param regWeight the weight of the penalty in the loss, for its operator
     */
    public record Treatment(Function<Operator, Sparsifier> method, Function<Operator, Double> regWeight) {}

    /** Names of the layers that can be made sparse, in the order of the network. */
    public static List<String> layers(NetworkState network) {
        return Arrays.stream(NetworkStates.restore(network).getLayers())
                .map(layer -> layer.conf().getLayer())
                .filter(layer -> operator(layer).isPresent())
                .map(Layer::getLayerName)
                .toList();
    }

    /**
     * A network whose layers of these names are sparse.
     *
     * @throws IllegalArgumentException if there is no such layer, or its method does not go with its operator
     */
    public static NetworkState convert(NetworkState network, Map<String, Treatment> treatments) {
        MultiLayerNetwork made = NetworkStates.restore(network);
        for (Map.Entry<String, Treatment> entry : treatments.entrySet()) {
            Treatment treatment = entry.getValue();
            double regWeight = operator(made.getLayer(entry.getKey()).conf().getLayer())
                    .map(treatment.regWeight())
                    .orElse(0.0);
            made = new Conversion(LayerChoice.named(entry.getKey()), treatment.method(), regWeight, false)
                    .convert(made)
                    .network();
        }
        return NetworkStates.of(made);
    }

    /**
     * The masks of layers.
     *
     * @param decisions for each layer what makes masks of it, by the names of what they mask
     */
    public static State masks(NetworkState network, Map<String, Function<NamedLayers.Layer, Params>> decisions) {
        Map<String, NamedLayers.Layer> layers =
                NetworkLayers.of(NetworkStates.restore(network)).layers();
        Map<String, Params> masks = new LinkedHashMap<>();
        layers.forEach((name, layer) -> {
            Function<NamedLayers.Layer, Params> decision = decisions.get(name);
            if (decision != null) {
                masks.put(name, decision.apply(layer));
            }
        });
        return State.of(masks);
    }

    /** The decision of a layer's own sparsifier at a threshold; with the gate's value where inference multiplies by it. */
    public static Params decision(NamedLayers.Layer layer, double threshold) {
        Params relevance = layer.sparsifier().relevance(layer.op(), layer.params(), threshold);
        if (layer.sparsifier() instanceof GatedActivations gated) {
            return product(relevance, gated.gateValues(layer.op(), layer.params()));
        }
        return layer.sparsifier() instanceof GatedWeights gated && gated.atInference() == GatedWeights.AtInference.GATE
                ? product(relevance, gated.gateValues(layer.op(), layer.params()))
                : relevance;
    }

    /** The gates of the layers that have learnt any, in the order of the network. */
    public static List<UnitGates> gates(NetworkState network) {
        List<UnitGates> all = new ArrayList<>();
        NetworkLayers.of(NetworkStates.restore(network)).layers().forEach((name, layer) -> {
            if (layer.sparsifier() instanceof GatedWeights || layer.sparsifier() instanceof GatedActivations) {
                ((Gated) layer.sparsifier())
                        .gateValues(layer.op(), layer.params())
                        .arrays()
                        .forEach((parameter, gates) -> all.add(new UnitGates(
                                name,
                                parameter,
                                gates.shape(),
                                gates.dup('c').data().asFloat())));
            }
        });
        return List.copyOf(all);
    }

    /** Masks of 0 and 1 of the same effect on what is kept. */
    public static State ones(State masks) {
        Map<String, INDArray> ones = new LinkedHashMap<>();
        masks.arrays().forEach((name, mask) -> ones.put(name, Elements.map(mask, value -> value == 0 ? 0 : 1)));
        return new State(ones);
    }

    private static Params product(Params relevance, Params values) {
        Params products = Params.none();
        for (String name : relevance.names()) {
            products = products.with(
                    name, Elements.map(relevance.get(name), values.get(name), (one, value) -> one * value));
        }
        return products;
    }

    /** How many zeros the weight of each layer would have, biases left aside; without a mask none. */
    public static Map<String, Sparsity> sparsity(NetworkState network, State masks) {
        NamedLayers layers = NetworkLayers.of(NetworkStates.restore(network));
        Map<String, Sparsity> named = new LinkedHashMap<>();
        State kept = Binarized.of(layers.state(), masks).masks();
        Map<String, Sparsity> arrays = layers.sparsity(kept);
        layers.layers().keySet().forEach(name -> named.put(name, arrays.get(name + "." + Params.WEIGHT)));
        return named;
    }

    /** A network with masks multiplied in, that trains on with them: {@link Masks#deploy}. */
    public static NetworkState deploy(NetworkState network, State masks) {
        return NetworkStates.of(
                Masks.deploy(NetworkStates.restore(network), masks).network());
    }

    /** A network of which the subnetwork of masks is taken out, or replaced; what the masks drop is there. */
    public static NetworkState ablated(NetworkState network, State masks, Ablation ablation) {
        MultiLayerNetwork whole = NetworkStates.restore(network);
        FixedMask ablating = new FixedMask(new MaskOptions().withAblation(ablation));
        MultiLayerNetwork made = Masks.replace(
                        whole,
                        layer -> masks.layer(layer.getLayerName()).names().isEmpty() ? layer.sparsifier() : ablating)
                .network();
        State ones = Binarized.of(NetworkLayers.of(whole).state(), masks).masks();
        Map<String, Params> kept = new LinkedHashMap<>();
        NetworkLayers.of(made).layers().forEach((name, layer) -> {
            if (layer.sparsifier().equals(ablating)) {
                kept.put(name, Params.of(FixedMask.MASK, ones.get(name + "." + Params.WEIGHT)));
            }
        });
        NetworkLayers.of(made).load(State.of(kept), false);
        return NetworkStates.of(made);
    }

    private static Optional<Operator> operator(Layer layer) {
        return layer instanceof SparseLayer sparse ? Optional.of(sparse.operator()) : StockLayers.operator(layer);
    }
}
