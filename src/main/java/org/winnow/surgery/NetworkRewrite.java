package org.winnow.surgery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Copies of networks with other layers in the place of some. Arrays of equal names are carried over, counts of iterations
 * and epochs too; the updater starts anew.
 */
final class NetworkRewrite {
    private NetworkRewrite() {}

    /** Puts, in the place of each layer, one or more layers in a row. */
    static Rewritten<MultiLayerNetwork> of(MultiLayerNetwork from, Function<Layer, List<Layer>> change) {
        MultiLayerNetwork network = reshaped(from, change, Function.identity());
        return new Rewritten<>(
                network, NetworkLayers.of(network).load(NetworkLayers.of(from).state(), false));
    }

    /** Puts other layers in the place of each layer, and another preprocessor in that of each; carries no arrays. */
    static MultiLayerNetwork reshaped(
            MultiLayerNetwork from,
            Function<Layer, List<Layer>> change,
            Function<InputPreProcessor, InputPreProcessor> changePreProcessor) {
        MultiLayerConfiguration configuration =
                from.getLayerWiseConfigurations().clone();
        List<NeuralNetConfiguration> layers = new ArrayList<>();
        Map<Integer, InputPreProcessor> preProcessors = new HashMap<>();
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            InputPreProcessor preProcessor = configuration.getInputPreProcess(i);
            if (preProcessor != null) {
                preProcessors.put(layers.size(), changePreProcessor.apply(preProcessor));
            }
            NeuralNetConfiguration old = configuration.getConf(i);
            change.apply(old.getLayer()).forEach(layer -> layers.add(like(old, layer)));
        }
        configuration.setConfs(layers);
        configuration.setInputPreProcessors(preProcessors);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    /** The same for a graph: what used a layer's output uses that of the last in its place. */
    static Rewritten<ComputationGraph> of(ComputationGraph from, Function<Layer, List<Layer>> change) {
        ComputationGraphConfiguration configuration = from.getConfiguration().clone();
        configuration.setIterationCount(from.getIterationCount());
        configuration.setEpochCount(from.getEpochCount());
        Map<String, GraphVertex> vertices = new LinkedHashMap<>();
        Map<String, List<String>> inputs = configuration.getVertexInputs();
        for (Map.Entry<String, GraphVertex> entry : configuration.getVertices().entrySet()) {
            if (entry.getValue() instanceof LayerVertex vertex) {
                NeuralNetConfiguration old = vertex.getLayerConf();
                List<Layer> layers = change.apply(old.getLayer());
                String last = layers.get(layers.size() - 1).getLayerName();
                replace(configuration, entry.getKey(), last);
                vertices.put(entry.getKey(), new LayerVertex(like(old, layers.get(0)), vertex.getPreProcessor()));
                for (int i = 1; i < layers.size(); i++) {
                    String name = layers.get(i).getLayerName();
                    vertices.put(name, new LayerVertex(like(old, layers.get(i)), null));
                    inputs.put(name, List.of(layers.get(i - 1).getLayerName()));
                }
            } else {
                vertices.put(entry.getKey(), entry.getValue());
            }
        }
        configuration.setVertices(vertices);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return new Rewritten<>(
                graph, NetworkLayers.of(graph).load(NetworkLayers.of(from).state(), false));
    }

    private static void replace(ComputationGraphConfiguration configuration, String name, String other) {
        configuration.getNetworkOutputs().replaceAll(output -> output.equals(name) ? other : output);
        configuration
                .getVertexInputs()
                .values()
                .forEach(list -> list.replaceAll(input -> input.equals(name) ? other : input));
    }

    private static NeuralNetConfiguration like(NeuralNetConfiguration old, Layer layer) {
        NeuralNetConfiguration configuration = old.clone();
        configuration.setLayer(layer);
        configuration.clearVariables();
        return configuration;
    }
}
