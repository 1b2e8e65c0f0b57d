package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.winnow.check.Check;
import org.winnow.layer.SparseLayer;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Sparsifier;

/**
 * Makes layers of a finished network sparse: DL4J's own dense and convolution layers, or sparse layers of another method.
 * Weights, activations, updaters, weight decay and dropout are kept. An output layer becomes a sparse layer of its name and
 * a {@code LossLayer} named {@code name.loss}.
 *
 * @param which layers, of those that can be
 * @param method the sparsifier for each operator
 * @param regWeight the weight of their penalties in the loss, at least 0
 * @param freezeBase whether weights and biases stay as they are
 */
public record Conversion(
        LayerChoice which, Function<Operator, Sparsifier> method, double regWeight, boolean freezeBase) {
    public Conversion {
        Check.notNegative(regWeight, "regWeight");
    }

    /** One method for all, weights and biases learning on. */
    public Conversion(LayerChoice which, Sparsifier method, double regWeight) {
        this(which, op -> method, regWeight, false);
    }

    /**
     * A sparse copy of a network.
     *
     * @throws IllegalArgumentException if no layer matches, a layer asked for by name does not exist or cannot be made
     *     sparse, or the method does not go with an operator
     */
    public Converted<MultiLayerNetwork> convert(MultiLayerNetwork network) {
        List<Layer> layers = layers(network.getLayers());
        List<String> matched = matched(layers);
        return converted(matched, layers, NetworkRewrite.of(network, layer -> change(layer, matched)));
    }

    /** A sparse copy of a graph, as {@link #convert(MultiLayerNetwork)} makes it. */
    public Converted<ComputationGraph> convert(ComputationGraph graph) {
        List<Layer> layers = layers(graph.getLayers());
        List<String> matched = matched(layers);
        return converted(matched, layers, NetworkRewrite.of(graph, layer -> change(layer, matched)));
    }

    private static List<Layer> layers(org.deeplearning4j.nn.api.Layer... runtimes) {
        return Arrays.stream(runtimes).map(layer -> layer.conf().getLayer()).toList();
    }

    private List<String> matched(List<Layer> layers) {
        List<String> names = layers.stream().map(Layer::getLayerName).toList();
        for (String name : which.names()) {
            Check.that(names.contains(name), "layer", "one of " + names, name);
        }
        List<String> matched = new ArrayList<>();
        for (Layer layer : layers) {
            boolean possible =
                    layer instanceof SparseLayer || StockLayers.operator(layer).isPresent();
            if (which.includes().test(layer)) {
                Check.that(
                        possible || !which.names().contains(layer.getLayerName()),
                        "layer " + layer.getLayerName(),
                        StockLayers.KNOWN,
                        StockLayers.described(layer));
                if (possible) {
                    matched.add(layer.getLayerName());
                }
            }
        }
        Check.that(!matched.isEmpty(), "layers of " + which.description(), "at least one of " + names, "none");
        return matched;
    }

    private static <N> Converted<N> converted(List<String> matched, List<Layer> layers, Rewritten<N> rewritten) {
        List<String> unmatched = layers.stream()
                .map(Layer::getLayerName)
                .filter(name -> !matched.contains(name))
                .toList();
        return new Converted<>(rewritten.network(), matched, unmatched, rewritten.loaded());
    }

    private List<Layer> change(Layer layer, List<String> matched) {
        if (!matched.contains(layer.getLayerName())) {
            return List.of(layer);
        }
        BaseLayer base = (BaseLayer) layer;
        SparseLayer sparse = sparse(base);
        if (!(layer instanceof OutputLayer output)) {
            return List.of(sparse);
        }
        sparse.setActivationFn(new ActivationIdentity());
        LossLayer loss = new LossLayer.Builder(output.getLossFn())
                .activation(output.getActivationFn())
                .name(output.getLayerName() + ".loss")
                .build();
        loss.setIUpdater(output.getIUpdater());
        return List.of(sparse, loss);
    }

    private SparseLayer sparse(BaseLayer from) {
        String name = from.getLayerName();
        boolean carried = from.getWeightNoise() == null
                && (from.getConstraints() == null || from.getConstraints().isEmpty());
        Check.that(carried, "layer " + name, "without weight noise and constraints", "one with them");
        Operator op = from instanceof SparseLayer sparse
                ? sparse.operator()
                : StockLayers.operator(from).orElseThrow();
        boolean bias = from instanceof SparseLayer sparse ? sparse.hasBias() : StockLayers.hasBias(from);
        SparseLayer layer = new SparseLayer.Builder(op, method.apply(op))
                .name(name)
                .bias(bias)
                .regWeight(regWeight)
                .baseFrozen(freezeBase)
                .activation(from.getActivationFn())
                .build();
        StockLayers.carrySettings(from, layer);
        return layer;
    }
}
