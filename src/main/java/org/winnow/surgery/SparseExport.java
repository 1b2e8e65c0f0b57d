package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.winnow.check.Check;
import org.winnow.operator.Convolution;
import org.winnow.operator.Window;
import org.winnow.serve.ConvolutionStep;
import org.winnow.serve.Grid;
import org.winnow.serve.LeakyStep;
import org.winnow.serve.LinearStep;
import org.winnow.serve.Pointwise;
import org.winnow.serve.PointwiseStep;
import org.winnow.serve.PoolingStep;
import org.winnow.serve.SparseNetwork;
import org.winnow.serve.Step;

/** Writes down a pruned network as the weights that are not 0: its {@link SparseNetwork}. */
public final class SparseExport {
    private final List<Step> steps = new ArrayList<>();
    private int height;
    private int width;

    private SparseExport() {}

    /**
     * The sparse network of a compact one, for the rows of the network before compaction.
     *
     * @param rowWidth how many numbers such a row has
     * @throws IllegalArgumentException naming a layer that is of another kind than {@link Compaction} takes, has padded
     *     pooling, or an activation that is not one of {@link Pointwise}; or if images do not come in rows
     */
    public static SparseNetwork of(Compact compact, int rowWidth) {
        return new SparseExport().export(compact.network(), compact.inputs(), rowWidth);
    }

    /** The sparse network of a masked or dense one. */
    public static SparseNetwork of(MultiLayerNetwork network) {
        int width = new SparseExport().start(network);
        return new SparseExport().export(network, IntStream.range(0, width).toArray(), width);
    }

    private SparseNetwork export(MultiLayerNetwork network, int[] inputs, int rowWidth) {
        start(network);
        Chain chain = Chain.of(network);
        for (int i = 0; i < chain.stages().size(); i++) {
            Stage stage = chain.stages().get(i);
            steps.add(
                    stage.operator() instanceof Convolution convolution
                            ? new ConvolutionStep(grid(convolution), stage.sparse(), stage.biases())
                            : new LinearStep(stage.sparse(), stage.biases()));
            if (stage.operator() instanceof Convolution convolution) {
                moveOver(grid(convolution));
            }
            activate(stage.name(), stage.layer().getActivationFn());
            chain.passages().get(i).layers().forEach(layer -> pass(layer, stage.outputs()));
        }
        return new SparseNetwork(rowWidth, inputs, steps);
    }

    /** Takes down the size of the image that a network sees; returns how many numbers a row has. */
    private int start(MultiLayerNetwork network) {
        if (network.getLayerWiseConfigurations().getInputPreProcess(0) instanceof FeedForwardToCnnPreProcessor image) {
            height = (int) image.getInputHeight();
            width = (int) image.getInputWidth();
            return (int) image.getNumChannels() * height * width;
        }
        Stage first = Chain.of(network).stages().get(0);
        Check.that(
                !(first.operator() instanceof Convolution),
                "input of layer " + first.name(),
                "rows that a preprocessor makes images of",
                "images");
        return first.inputs();
    }

    private Grid grid(Convolution op) {
        Window rows = op.windows().get(0);
        Window columns = op.windows().get(1);
        return new Grid(
                op.in(),
                new Grid.Axis(height, rows.kernel(), rows.stride(), rows.padding(), rows.dilation()),
                new Grid.Axis(width, columns.kernel(), columns.stride(), columns.padding(), columns.dilation()));
    }

    private Grid grid(SubsamplingLayer pooling, int channels) {
        Check.that(
                pooling.getConvolutionMode() != ConvolutionMode.Same
                        && Arrays.stream(pooling.getPadding()).allMatch(padding -> padding == 0),
                "layer " + pooling.getLayerName(),
                "a pooling without padding",
                Arrays.toString(pooling.getPadding()) + " in mode " + pooling.getConvolutionMode());
        int[] kernel = pooling.getKernelSize();
        int[] stride = pooling.getStride();
        int[] dilation = pooling.getDilation();
        return new Grid(
                channels,
                new Grid.Axis(height, kernel[0], stride[0], 0, dilation[0]),
                new Grid.Axis(width, kernel[1], stride[1], 0, dilation[1]));
    }

    private void moveOver(Grid grid) {
        height = grid.rows().places();
        width = grid.columns().places();
    }

    private void pass(Layer layer, int channels) {
        if (layer instanceof SubsamplingLayer pooling) {
            Grid grid = grid(pooling, channels);
            steps.add(new PoolingStep(grid, pooling.getPoolingType() == PoolingType.AVG));
            moveOver(grid);
        } else if (layer instanceof ActivationLayer activation) {
            activate(layer.getLayerName(), activation.getActivationFn());
        } else if (layer instanceof LossLayer loss) {
            activate(layer.getLayerName(), loss.getActivationFn());
        }
    }

    private void activate(String layer, IActivation activation) {
        if (activation instanceof ActivationIdentity) {
            return;
        }
        int numbers = steps.get(steps.size() - 1).outputs();
        if (activation instanceof ActivationLReLU leaky) {
            steps.add(new LeakyStep(leaky.getAlpha(), numbers));
            return;
        }
        Pointwise function = Arrays.stream(Pointwise.values())
                .filter(known ->
                        Activation.valueOf(known.name()).getActivationFunction().equals(activation))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("activation of layer " + layer
                        + " must be LEAKYRELU, or"
                        + " one of " + Arrays.toString(Pointwise.values()) + " with its default parameters, got "
                        + activation));
        steps.add(new PointwiseStep(function, numbers));
    }
}
