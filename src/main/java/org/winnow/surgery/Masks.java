package org.winnow.surgery;

import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.winnow.layer.SparseLayer;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Sparsifier;

/** Copies of networks whose sparse layers have other sparsifiers: given masks, none, ablated ones. */
public final class Masks {
    private Masks() {}

    /**
     * A network whose sparse layers have fixed masks of 0 and 1, multiplied into their weights: the end of pruning. Masks of
     * DL4J's own layers are multiplied in and let go, and are unexpected in the answer.
     *
     * @param masks {@link NamedLayers#relevance}, or {@link NamedLayers#gateValues}, by the names of what they mask; sparse
     *     layers that they lack stay as they are
     * @throws IllegalArgumentException if a mask has no array in the network, or does not stretch to it
     */
    public static Rewritten<MultiLayerNetwork> deploy(MultiLayerNetwork network, State masks) {
        State masked = Binarized.of(NetworkLayers.of(network).state(), masks).masked();
        MultiLayerNetwork made = replace(network, layer -> masked(layer, masks)).network();
        return new Rewritten<>(made, NetworkLayers.of(made).load(masked, false));
    }

    /** The same for a graph. */
    public static Rewritten<ComputationGraph> deploy(ComputationGraph graph, State masks) {
        State masked = Binarized.of(NetworkLayers.of(graph).state(), masks).masked();
        ComputationGraph made = replace(graph, layer -> masked(layer, masks)).network();
        return new Rewritten<>(made, NetworkLayers.of(made).load(masked, false));
    }

    /** A network whose fixed masks are gone; what they dropped stays 0 until it learns again. */
    public static Rewritten<MultiLayerNetwork> remove(MultiLayerNetwork network) {
        return replace(network, Masks::unmasked);
    }

    /** The same for a graph. */
    public static Rewritten<ComputationGraph> remove(ComputationGraph graph) {
        return replace(graph, Masks::unmasked);
    }

    /** A network whose sparse layers have other sparsifiers, as ablated ones; arrays of equal names are carried over. */
    public static Rewritten<MultiLayerNetwork> replace(
            MultiLayerNetwork network, Function<SparseLayer, Sparsifier> sparsifier) {
        return NetworkRewrite.of(network, layer -> changed(layer, sparsifier));
    }

    /** The same for a graph. */
    public static Rewritten<ComputationGraph> replace(
            ComputationGraph graph, Function<SparseLayer, Sparsifier> sparsifier) {
        return NetworkRewrite.of(graph, layer -> changed(layer, sparsifier));
    }

    private static List<Layer> changed(Layer layer, Function<SparseLayer, Sparsifier> sparsifier) {
        return List.of(layer instanceof SparseLayer sparse ? sparse.with(sparsifier.apply(sparse)) : layer);
    }

    private static Sparsifier masked(SparseLayer layer, State masks) {
        Params own = masks.layer(layer.getLayerName());
        return own.names().isEmpty()
                ? layer.sparsifier()
                : new FixedMask(new MaskOptions(Unit.WEIGHT, own.has(Params.BIAS)));
    }

    private static Sparsifier unmasked(SparseLayer layer) {
        return layer.sparsifier() instanceof FixedMask ? new Dense() : layer.sparsifier();
    }
}
