package org.winnow.surgery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.winnow.layer.Flatten;
import org.winnow.operator.Convolution;

/**
 * Makes a small network of a masked one: inputs, channels and neurons without effect are gone, all layers are DL4J's own,
 * and answers are the same but for rounding. What a removed neuron with a constant output did is in the biases after it.
 * The end of the network keeps all its outputs, and every layer at least one.
 */
public final class Compaction {
    /** Which inputs the small network takes. */
    public enum Inputs {
        /** Those that have an effect; of images, all of a channel or none. */
        USED,
        /** All that the masked network takes. */
        ALL
    }

    private final Chain chain;
    private final Shrinking shrinking;
    private final MultiLayerNetwork network;
    private final Inputs which;

    private Compaction(MultiLayerNetwork network, Inputs which) {
        this.network = network;
        this.which = which;
        chain = Chain.of(network);
        shrinking = new Shrinking(chain);
    }

    /**
     * The small network that answers as a masked one.
     *
     * @param network dense or masked layers, linear or 2-dimensional convolutions with channels first, with max or mean
     *     pooling, activations, dropout and losses after them; it stays as it is
     * @throws IllegalArgumentException naming the first layer that is of another kind
     */
    public static Compact of(MultiLayerNetwork network, Inputs inputs) {
        return new Compaction(network, inputs).made();
    }

    private Compact made() {
        Map<String, List<Layer>> layers = new LinkedHashMap<>();
        Map<String, int[]> units = new LinkedHashMap<>();
        State state = new State(Map.of());
        for (int i = 0; i < chain.stages().size(); i++) {
            Stage stage = chain.stages().get(i);
            int[] inputs = inputs(i);
            int[] outputs = shrinking.outputs(i);
            FeedForwardLayer layer =
                    StockLayers.like(stage.layer(), stage.operator(), inputs.length, outputs.length, stage.hasBias());
            layers.put(stage.name(), List.of(layer));
            units.put(stage.name(), outputs);
            state = state.with(stage.cut(inputs, outputs, stage.hasBias(), type()));
        }
        joinLoss(layers);
        MultiLayerNetwork made = NetworkRewrite.reshaped(
                network, layer -> layers.getOrDefault(layer.getLayerName(), List.of(layer)), this::resized);
        NetworkLayers.of(made).load(state, true);
        return new Compact(made, rowInputs(), units);
    }

    /** A linear layer with a loss after it is an output layer: what a {@link Conversion} took apart. */
    private void joinLoss(Map<String, List<Layer>> layers) {
        Stage last = chain.stages().get(chain.stages().size() - 1);
        List<Layer> after = chain.passages().get(chain.passages().size() - 1).layers();
        boolean joins = after.size() == 1
                && after.get(0) instanceof LossLayer
                && last.layer().getActivationFn() instanceof ActivationIdentity
                && Objects.requireNonNull(layers.get(last.name())).get(0) instanceof DenseLayer;
        if (!joins) {
            return;
        }
        LossLayer loss = (LossLayer) after.get(0);
        DenseLayer dense =
                (DenseLayer) Objects.requireNonNull(layers.get(last.name())).get(0);
        OutputLayer output = new OutputLayer.Builder(loss.getLossFn())
                .name(dense.getLayerName())
                .nIn(dense.getNIn())
                .nOut(dense.getNOut())
                .hasBias(dense.hasBias())
                .activation(loss.getActivationFn())
                .build();
        StockLayers.carrySettings(dense, output);
        layers.put(last.name(), List.of(output));
        layers.put(loss.getLayerName(), List.of());
    }

    /** The inputs of a stage that the small network has. */
    private int[] inputs(int stage) {
        return stage == 0 && keepsInputs()
                ? IntStream.range(0, chain.stages().get(0).inputs()).toArray()
                : shrinking.inputs(stage);
    }

    /** Whether all inputs stay: as asked, or because images do not come in rows. */
    private boolean keepsInputs() {
        boolean inRows = firstIsImage()
                ? firstPreProcessor() instanceof FeedForwardToCnnPreProcessor
                : firstPreProcessor() == null;
        return which == Inputs.ALL || !inRows;
    }

    /** The numbers of a row that the small network takes. */
    private int[] rowInputs() {
        int pixels = firstPreProcessor() instanceof FeedForwardToCnnPreProcessor unflattening
                ? (int) (unflattening.getInputHeight() * unflattening.getInputWidth())
                : 1;
        return IntStream.of(inputs(0))
                .flatMap(input -> IntStream.range(input * pixels, (input + 1) * pixels))
                .toArray();
    }

    private InputPreProcessor resized(InputPreProcessor preProcessor) {
        if (preProcessor instanceof FeedForwardToCnnPreProcessor from) {
            return new FeedForwardToCnnPreProcessor(from.getInputHeight(), from.getInputWidth(), inputs(0).length);
        }
        long[] shape = preProcessor instanceof Flatten flatten
                ? flatten.shape().stream().mapToLong(Long::longValue).toArray()
                : imageOf((CnnToFeedForwardPreProcessor) preProcessor);
        long channels = firstIsImage() ? shrinking.outputs(images() - 1).length : shape[0];
        return new CnnToFeedForwardPreProcessor(shape[1], shape[2], channels);
    }

    private static long[] imageOf(CnnToFeedForwardPreProcessor flattening) {
        return new long[] {flattening.getNumChannels(), flattening.getInputHeight(), flattening.getInputWidth()};
    }

    /** How many stages are convolutions: those at the beginning. */
    private int images() {
        return (int) chain.stages().stream()
                .filter(stage -> stage.operator() instanceof Convolution)
                .count();
    }

    private boolean firstIsImage() {
        return images() > 0;
    }

    private @Nullable InputPreProcessor firstPreProcessor() {
        return network.getLayerWiseConfigurations().getInputPreProcess(0);
    }

    private DataType type() {
        return network.getLayerWiseConfigurations().getDataType();
    }
}
