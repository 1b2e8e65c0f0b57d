package org.winnow.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.UserError;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;

/** Builds the network that {@link ArchitectureOptions} describe, of DL4J's own layers. */
public final class Architecture {
    private final ArchitectureOptions options;
    private final Map<String, Integer> counts = new HashMap<>();

    private Architecture(ArchitectureOptions options) {
        this.options = options;
    }

    /**
     * A network with its initial weights.
     *
     * @param inputs width of a row
     * @throws UserError if rows are not images of the size that is given, or layers do not fit into one another
     */
    public static NetworkState build(ArchitectureOptions options, int inputs, Head head, TrainOptions train) {
        return new Architecture(options).build(inputs, head, train);
    }

    private NetworkState build(int inputs, Head head, TrainOptions train) {
        int pixels = options.image().stream().reduce(1, Math::multiplyExact);
        if (!options.image().isEmpty() && pixels != inputs) {
            throw new UserError("network.image must have as many numbers as a row has inputs, " + inputs + ", got "
                    + options.image() + "; data.standardise=range or global keeps columns that do not vary");
        }
        NeuralNetConfiguration.ListBuilder layers = Networks.learning(train).list();
        List<Integer> image = options.image();
        if (options.complex()) {
            ComplexNetwork.addTo(layers, options, inputs, head);
        } else {
            options.layers().forEach(text -> layers.layer(layer(text)));
            layers.layer(Networks.output(head).name("out").build());
        }
        layers.setInputType(
                image.isEmpty()
                        ? InputType.feedForward(inputs)
                        : InputType.convolutionalFlat(image.get(1), image.get(2), image.get(0)));
        MultiLayerConfiguration configuration = configuration(layers);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        Networks.requireReasonable(
                configuration.getConfs().stream()
                        .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
                        .sum(),
                "network.layers " + options.layers(),
                inputs);
        network.init();
        return new NetworkState(configuration.toJson(), Networks.initial(network, options.activation(), train.seed()));
    }

    private MultiLayerConfiguration configuration(NeuralNetConfiguration.ListBuilder layers) {
        try {
            return layers.build();
        } catch (RuntimeException e) {
            throw new UserError(
                    "network.layers " + options.layers() + " do not fit into one another on an image of "
                            + options.image() + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private Layer layer(String text) {
        String[] words = text.split(" ", -1);
        Activation activation = Activation.valueOf(options.activation().name());
        int last = Integer.parseInt(words[words.length - 1]);
        return switch (words[0]) {
            case "conv" ->
                new ConvolutionLayer.Builder(last, last)
                        .name(numbered("conv"))
                        .nOut(Integer.parseInt(words[1]))
                        .activation(activation)
                        .build();
            case "max_pool" ->
                new SubsamplingLayer.Builder(PoolingType.MAX)
                        .name(numbered("pool"))
                        .kernelSize(last, last)
                        .stride(last, last)
                        .build();
            default ->
                new DenseLayer.Builder()
                        .name(numbered("fc"))
                        .nOut(last)
                        .activation(activation)
                        .build();
        };
    }

    private String numbered(String kind) {
        return kind + counts.merge(kind, 1, Integer::sum);
    }

    /**
     * Requires that a network takes rows and gives answers of these widths.
     *
     * @param key of the configuration that names the network
     * @throws UserError if it does not
     */
    public static void requireFits(NetworkState network, int inputs, Head head, String key) {
        long width;
        try {
            width = NetworkStates.restore(network)
                    .output(Nd4j.zeros(DataType.FLOAT, 1, inputs))
                    .length();
        } catch (RuntimeException e) {
            throw new UserError(
                    key + " does not take rows of " + inputs + " inputs: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
        if (width != head.width()) {
            throw new UserError(key + " must answer with " + head.width() + " numbers for "
                    + (head.regression() ? "a regression" : "as many classes") + ", got one with " + width);
        }
    }
}
