package org.winnow.layer;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.Activation;
import org.winnow.check.Check;

/**
 * Gated residual blocks on DL4J's graph builder, {@code y = x + sigmoid(gate(x)) * f(x)}: highways (Srivastava, Greff,
 * Schmidhuber 2015, arXiv:1505.00387) that always carry x. The branch f has the shape of x; the gate has it too, or sizes
 * of 1 that stretch to it.
 */
public final class GatedResidual {
    private GatedResidual() {}

    /** A part of a graph with one input and one output. */
    @FunctionalInterface
    public interface Block {
        /**
         * Adds the part.
         *
         * @param name what its vertices' names are to start with
         * @param input the vertex it starts from
         * @return the vertex it ends in
         */
        String add(GraphBuilder graph, String name, String input);

        /** Layers one after the other, named {@code name.0}, {@code name.1}, … */
        static Block of(Layer... layers) {
            Check.that(layers.length > 0, "layers", "at least one", layers.length);
            return (graph, name, input) -> {
                String last = input;
                for (int i = 0; i < layers.length; i++) {
                    graph.addLayer(name + "." + i, layers[i].clone(), last);
                    last = name + "." + i;
                }
                return last;
            };
        }
    }

    /**
     * Adds a block; returns its output, the vertex {@code name}. The parts are named {@code name.branch} and {@code
     * name.gate}.
     */
    public static String add(GraphBuilder graph, String name, String input, Block branch, Block gate) {
        String value = branch.add(graph, name + ".branch", input);
        String logit = gate.add(graph, name + ".gate", input);
        String open = name + ".open";
        String gated = name + ".gated";
        graph.addLayer(open, new ActivationLayer(Activation.SIGMOID), logit)
                .addVertex(gated, new ElementWiseVertex(ElementWiseVertex.Op.Product), value, open)
                .addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), input, gated);
        return name;
    }
}
