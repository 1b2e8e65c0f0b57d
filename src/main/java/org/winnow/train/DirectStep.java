package org.winnow.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Arena;
import org.winnow.kernel.SoftmaxCrossEntropy;
import org.winnow.kernel.Views;
import org.winnow.layer.Leading;
import org.winnow.layer.OwnLayers;
import org.winnow.layer.Penalised;

/**
 * A training step of a {@link MultiLayerNetwork}, to the results of its {@code fit} but for rounding: forward and backward
 * through its layers in one workspace, no input gradient for the first layer, and the update in one pass. Not for every network:
 * {@link #of} says for which.
 */
final class DirectStep {
    private static final String WORKSPACE = "WINNOW_STEP";
    private static final WorkspaceConfiguration LEARNT_SIZE = WorkspaceConfiguration.builder()
            .policyAllocation(AllocationPolicy.OVERALLOCATE)
            .overallocationLimit(0.1)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .build();

    private final MultiLayerNetwork network;
    private final Layer[] layers;
    /** Before it there is nothing to learn, and no gradient is needed. */
    private final int firstLearning;

    private final FusedUpdate update;
    private final Optional<DenseStep> dense;
    /** Of every size of a minibatch: the last of an epoch may be smaller. */
    private final Map<Integer, Arena> arenas = new HashMap<>();

    private final LayerWorkspaceMgr workspaces =
            LayerWorkspaceMgr.builder().defaultWorkspace(WORKSPACE, LEARNT_SIZE).build();

    private DirectStep(MultiLayerNetwork network, BaseMultiLayerUpdater<?> updater, boolean layerByLayer) {
        this.network = network;
        layers = network.getLayers();
        network.initGradientsView();
        update = new FusedUpdate(network, updater);
        dense = layerByLayer ? Optional.empty() : DenseStep.of(network, updater.getFlattenedGradientsView(), update);
        firstLearning = IntStream.range(0, layers.length)
                .filter(i -> layers[i].numParams() > 0)
                .findFirst()
                .orElse(layers.length - 1);
        if (layers[firstLearning] instanceof Leading first) {
            first.inputGradientNeeded(false);
        }
    }

    /**
     * The step of a network of floats whose updaters {@link FusedUpdate} knows, without what else DL4J adds to gradients and
     * steps: normalisation, constraints, truncation in time.
     */
    static Optional<DirectStep> of(MultiLayerNetwork network) {
        return of(network, false);
    }

    /** The same without what is faster for some networks. */
    static Optional<DirectStep> layerByLayer(MultiLayerNetwork network) {
        return of(network, true);
    }

    private static Optional<DirectStep> of(MultiLayerNetwork network, boolean layerByLayer) {
        boolean plain = network.params().dataType() == DataType.FLOAT
                && network.getLayerWiseConfigurations().getBackpropType() == BackpropType.Standard
                && network.conf().isMiniBatch()
                && network.getOutputLayer() instanceof IOutputLayer;
        for (Layer layer : network.getLayers()) {
            plain &= layer.conf().getLayer() instanceof BaseLayer base
                    ? OwnLayers.isPlain(base)
                    : layer.numParams() == 0;
        }
        return plain && network.getUpdater() instanceof BaseMultiLayerUpdater<?> updater && FusedUpdate.knows(updater)
                ? Optional.of(new DirectStep(network, updater, layerByLayer))
                : Optional.empty();
    }

    /** Takes a step on the rows chosen; returns the mean loss of the minibatch, penalty included. */
    @SuppressWarnings("try") // Arena and workspace are open as long as they are.
    double take(Examples examples, int[] chosen, int iteration, int epoch) {
        if (dense.isPresent() && examples.flat() && judgedBySoftmaxCrossEntropy()) {
            return dense.get().take(examples, chosen, iteration, epoch);
        }
        double loss;
        try (Arena.Open step = arenas.computeIfAbsent(chosen.length, rows -> new Arena())
                        .open();
                MemoryWorkspace open = Nd4j.getWorkspaceManager().getAndActivateWorkspace(LEARNT_SIZE, WORKSPACE)) {
            MultiDataSet batch = examples.gather(chosen);
            INDArray answers = forward(batch.getFeatures(0), chosen.length, iteration, epoch);
            loss = backward(answers, batch.getLabels(0), chosen.length);
        } finally {
            for (Layer layer : layers) {
                layer.clear();
            }
        }
        update.take(chosen.length, iteration, epoch);
        return loss;
    }

    /** All layers but the last compute their outputs, which the last one needs for backward. */
    private INDArray forward(INDArray inputs, int batch, int iteration, int epoch) {
        INDArray x = inputs;
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            layer.setInputMiniBatchSize(batch);
            layer.setIterationCount(iteration);
            layer.setEpochCount(epoch);
            InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
            x = before == null ? x : preprocessed(x, before, batch);
            layer.setInput(x, workspaces);
            x = i < layers.length - 1 ? layer.activate(true, workspaces) : x;
        }
        return x;
    }

    /** DL4J would make the view of an image anew for every step. */
    private INDArray preprocessed(INDArray x, InputPreProcessor before, int batch) {
        return before instanceof FeedForwardToCnnPreProcessor image && x.rank() == 2 && isChannelsFirst(image)
                ? Views.reshaped(x, batch, image.getNumChannels(), image.getInputHeight(), image.getInputWidth())
                : before.preProcess(x, batch, workspaces);
    }

    private static boolean isChannelsFirst(FeedForwardToCnnPreProcessor image) {
        long numbers = image.getNumChannels() * image.getInputHeight() * image.getInputWidth();
        return image.getOutputType(InputType.feedForward(numbers)) instanceof InputTypeConvolutional type
                && type.getFormat() == CNN2DFormat.NCHW;
    }

    /** Goes back through all layers from what the last one was given; returns the mean loss. */
    private double backward(INDArray answers, INDArray labels, int batch) {
        int last = layers.length - 1;
        if (judgedBySoftmaxCrossEntropy()) {
            SoftmaxCrossEntropy ofAnswers = SoftmaxCrossEntropy.of(answers, labels);
            backward(before(last, ofAnswers.gradient(), batch), last - 1, batch);
            return ofAnswers.loss() / batch + penalties();
        }
        IOutputLayer output = (IOutputLayer) network.getOutputLayer();
        output.setLabels(labels);
        backward(null, last, batch);
        return output.computeScore(penalties(), true, workspaces);
    }

    /** Unless the minibatch's rows have weights, which a loss of their own knows. */
    private boolean judgedBySoftmaxCrossEntropy() {
        return layers[layers.length - 1].conf().getLayer() instanceof LossLayer loss
                && OwnLayers.isSoftmaxCrossEntropy(loss);
    }

    private void backward(@Nullable INDArray ofLast, int last, int batch) {
        INDArray ofOutput = ofLast;
        for (int i = last; i >= firstLearning; i--) {
            INDArray ofInput = layers[i].backpropGradient(ofOutput, workspaces).getSecond();
            ofOutput = i == firstLearning ? ofInput : before(i, ofInput, batch);
        }
    }

    /** From the gradient of a layer's input to that of the output of the layer before. */
    private INDArray before(int layer, INDArray ofInput, int batch) {
        InputPreProcessor between = network.getLayerWiseConfigurations().getInputPreProcess(layer);
        return between == null ? ofInput : between.backprop(ofInput, batch, workspaces);
    }

    private double penalties() {
        double sum = 0;
        for (Layer layer : layers) {
            sum += layer instanceof Penalised penalised ? penalised.lastPenalty() : layer.calcRegularizationScore(true);
        }
        return sum;
    }
}
