package org.winnow.train;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.winnow.check.UserError;
import org.winnow.layer.ComplexLayers;
import org.winnow.layer.SparseLayer;

/**
 * Adds the layers of a complex network: rows become complex numbers, the layers that options describe follow, and the real
 * parts of the last one's outputs are what the loss takes. Pooling and activations act on each part.
 */
final class ComplexNetwork {
    private final ListBuilder layers;
    private final ArchitectureOptions options;
    private final Map<String, Integer> counts = new HashMap<>();
    private int channels;
    private int height = 1;
    private int width = 1;

    private ComplexNetwork(ListBuilder layers, ArchitectureOptions options, int inputs) {
        this.layers = layers;
        this.options = options;
        channels = inputs;
    }

    static void addTo(ListBuilder layers, ArchitectureOptions options, int inputs, Head head) {
        ComplexNetwork made = new ComplexNetwork(layers, options, inputs);
        made.start();
        options.layers().forEach(text -> made.add(text.split(" ", -1)));
        made.finish(head);
    }

    private void start() {
        layers.layer(ComplexLayers.fromReal("complex"));
        if (!options.image().isEmpty()) {
            channels = options.image().get(0);
            height = options.image().get(1);
            width = options.image().get(2);
            // The first layer does not ask for an image, those after it do.
            layers.inputPreProcessor(0, new FeedForwardToCnnPreProcessor(height, width, channels));
        }
    }

    private void add(String... words) {
        int last = Integer.parseInt(words[words.length - 1]);
        switch (words[0]) {
            case "conv" -> {
                int outputs = Integer.parseInt(words[1]);
                add("conv", ComplexLayers.convolution(channels, outputs, last));
                moveTo(outputs, height - last + 1, width - last + 1);
            }
            case "max_pool" -> {
                layers.layer(new SubsamplingLayer.Builder(PoolingType.MAX)
                        .name(numbered("pool"))
                        .kernelSize(last, last)
                        .stride(last, last)
                        .build());
                moveTo(channels, height / last, width / last);
            }
            default -> {
                add("fc", ComplexLayers.linear(channels * height * width, last));
                moveTo(last, 1, 1);
            }
        }
    }

    private void add(String kind, SparseLayer.Builder layer) {
        layers.layer(layer.name(numbered(kind))
                .activation(Activation.valueOf(options.activation().name()))
                .build());
    }

    private void finish(Head head) {
        layers.layer(ComplexLayers.linear(channels * height * width, head.width())
                .name("out")
                .activation(Activation.IDENTITY)
                .build());
        layers.layer(ComplexLayers.realParts("real"));
        layers.layer(new LossLayer.Builder(Networks.loss(head))
                .activation(Networks.answer(head))
                .name("out.loss")
                .build());
    }

    private String numbered(String kind) {
        return kind + counts.merge(kind, 1, Integer::sum);
    }

    private void moveTo(int newChannels, int newHeight, int newWidth) {
        if (newHeight < 1 || newWidth < 1) {
            throw new UserError("network.layers " + options.layers() + " do not fit into one another on an image of "
                    + options.image());
        }
        channels = newChannels;
        height = newHeight;
        width = newWidth;
    }
}
