package org.winnow.train;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.winnow.kernel.AdamStep;
import org.winnow.layer.Leading;
import org.winnow.layer.SparseLayer;

/**
 * A training step of a {@link MultiLayerNetwork}, to the results of its {@code fit} but for rounding: forward and backward
 * through its layers in one workspace, no input gradient for the first layer, and Adam in one pass. Not for every network:
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
    private final BaseMultiLayerUpdater<?> updater;
    private final LayerWorkspaceMgr workspaces =
            LayerWorkspaceMgr.builder().defaultWorkspace(WORKSPACE, LEARNT_SIZE).build();

    private DirectStep(MultiLayerNetwork network, BaseMultiLayerUpdater<?> updater) {
        this.network = network;
        this.updater = updater;
        layers = network.getLayers();
        network.initGradientsView();
        if (layers[0] instanceof Leading first) {
            first.inputGradientNeeded(false);
        }
    }

    /**
     * The step of a network of floats whose layers all have Adam, or none that learns, without what DL4J adds to gradients
     * and steps: decay, normalisation, constraints, truncation in time.
     */
    static Optional<DirectStep> of(MultiLayerNetwork network) {
        boolean plain = network.params().dataType() == DataType.FLOAT
                && network.getLayerWiseConfigurations().getBackpropType() == BackpropType.Standard
                && network.conf().isMiniBatch()
                && network.getOutputLayer() instanceof IOutputLayer;
        for (Layer layer : network.getLayers()) {
            plain &= layer.conf().getLayer().getConstraints() == null
                    || layer.conf().getLayer().getConstraints().isEmpty();
            plain &= layer.conf().getLayer() instanceof BaseLayer base ? plain(base) : layer.numParams() == 0;
        }
        return plain && network.getUpdater() instanceof BaseMultiLayerUpdater<?> updater && fused(updater)
                ? Optional.of(new DirectStep(network, updater))
                : Optional.empty();
    }

    private static boolean plain(BaseLayer layer) {
        GradientNormalization normalization = layer.getGradientNormalization();
        return (normalization == null || normalization == GradientNormalization.None)
                && none(layer.getRegularization())
                && none(layer.getRegularizationBias())
                && layer.getWeightNoise() == null;
    }

    private static boolean none(List<?> regularization) {
        return regularization == null || regularization.isEmpty();
    }

    private static boolean fused(BaseMultiLayerUpdater<?> updater) {
        return updater.getUpdaterBlocks().stream().allMatch(block -> {
            IUpdater config = block.getGradientUpdater().getConfig();
            return config.getClass() == Adam.class || (config instanceof NoOp && withoutGradient(block));
        });
    }

    /** Whether nothing is written to the gradient, which DL4J subtracts without any updater too. */
    private static boolean withoutGradient(UpdaterBlock block) {
        return block.getLayersAndVariablesInBlock().stream()
                .allMatch(variable -> variable.getLayer().getConfig() instanceof SparseLayer);
    }

    /** Takes a step; returns the mean loss of the minibatch, penalty included. */
    @SuppressWarnings("try") // A workspace is open as long as it is.
    double take(INDArray inputs, INDArray labels, int iteration, int epoch) {
        int batch = (int) inputs.size(0);
        double loss;
        try (MemoryWorkspace open = Nd4j.getWorkspaceManager().getAndActivateWorkspace(LEARNT_SIZE, WORKSPACE)) {
            forward(inputs, batch, iteration, epoch);
            IOutputLayer output = (IOutputLayer) network.getOutputLayer();
            output.setLabels(labels);
            backward(batch);
            loss = output.computeScore(penalties(), true, workspaces);
        } finally {
            for (Layer layer : layers) {
                layer.clear();
            }
        }
        update(batch, iteration, epoch);
        return loss;
    }

    /** All layers but the last compute their outputs, which the last one needs for backward. */
    private void forward(INDArray inputs, int batch, int iteration, int epoch) {
        INDArray x = inputs;
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            layer.setInputMiniBatchSize(batch);
            layer.setIterationCount(iteration);
            layer.setEpochCount(epoch);
            InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
            layer.setInput(before == null ? x : before.preProcess(x, batch, workspaces), workspaces);
            x = i < layers.length - 1 ? layer.activate(true, workspaces) : x;
        }
    }

    private void backward(int batch) {
        INDArray ofOutput = null;
        for (int i = layers.length - 1; i >= 0; i--) {
            INDArray ofInput = layers[i].backpropGradient(ofOutput, workspaces).getSecond();
            InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
            ofOutput = before == null || i == 0 ? ofInput : before.backprop(ofInput, batch, workspaces);
        }
    }

    private double penalties() {
        double sum = 0;
        for (Layer layer : layers) {
            sum += layer.calcRegularizationScore(true);
        }
        return sum;
    }

    private void update(int batch, int iteration, int epoch) {
        INDArray parameters = network.params();
        INDArray gradient = updater.getFlattenedGradientsView();
        int stateFrom = 0;
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            int from = block.getParamOffsetStart();
            int count = block.getParamOffsetEnd() - from;
            IUpdater config = block.getGradientUpdater().getConfig();
            if (config instanceof Adam adam) {
                AdamStep.of(
                                adam.getBeta1(),
                                adam.getBeta2(),
                                adam.getEpsilon(),
                                adam.getLearningRate(iteration, epoch),
                                iteration)
                        .take(
                                floats(parameters, from, count),
                                floats(gradient, from, count),
                                floats(updater.getStateViewArray(), stateFrom, count),
                                floats(updater.getStateViewArray(), stateFrom + count, count),
                                batch);
                stateFrom += 2 * count;
            }
        }
    }

    private static FloatBuffer floats(INDArray flat, int from, int count) {
        return flat.data().asNioFloat().slice(from, count);
    }
}
