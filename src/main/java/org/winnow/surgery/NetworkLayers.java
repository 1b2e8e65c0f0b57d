package org.winnow.surgery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.layer.SparseLayer;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.Params;

/**
 * DL4J networks as {@link NamedLayers}: sparse layers, and dense layers of DL4J with their arrays seen as {@code weight}
 * and {@code bias} of an operator. Arrays are those of the network, so that loading changes it. Other layers' arrays keep
 * DL4J's names and are only carried.
 */
public final class NetworkLayers {
    private NetworkLayers() {}

    /** The layers of a network by their names, {@code layer0}, {@code layer1}, … unless they have other ones. */
    public static NamedLayers of(MultiLayerNetwork network) {
        return of(network.getLayers());
    }

    /** The layers of a graph by their names. */
    public static NamedLayers of(ComputationGraph graph) {
        return of(graph.getLayers());
    }

    private static NamedLayers of(Layer... layers) {
        Map<String, NamedLayers.Layer> known = new LinkedHashMap<>();
        Map<String, Params> others = new LinkedHashMap<>();
        for (Layer layer : layers) {
            String name = layer.conf().getLayer().getLayerName();
            Map<String, INDArray> arrays = layer.paramTable();
            Optional<NamedLayers.Layer> seen = seen(layer.conf().getLayer(), arrays);
            seen.ifPresent(found -> known.put(name, found));
            if (seen.isEmpty() && arrays != null) {
                others.put(name, new Params(arrays));
            }
        }
        return new NamedLayers(known, State.of(others));
    }

    private static Optional<NamedLayers.Layer> seen(
            org.deeplearning4j.nn.conf.layers.Layer layer, Map<String, INDArray> arrays) {
        if (layer instanceof SparseLayer sparse) {
            return Optional.of(new NamedLayers.Layer(sparse.operator(), sparse.sparsifier(), new Params(arrays)));
        }
        Optional<Operator> operator = StockLayers.operator(layer);
        return operator.map(op -> new NamedLayers.Layer(op, new Dense(), StockLayers.params(op, arrays)));
    }
}
