package org.winnow.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.schedule.ISchedule;
import org.winnow.kernel.AdamStep;
import org.winnow.kernel.MomentumStep;
import org.winnow.layer.SparseLayer;

/** From gradients to new parameters and updater state in one pass, for the updaters that have such a step; weights may decay. */
final class FusedUpdate {
    private static final Set<Class<?>> KNOWN = Set.of(Adam.class, Nesterovs.class, Sgd.class);

    private final MultiLayerNetwork network;
    private final BaseMultiLayerUpdater<?> updater;
    private final List<Decayed> decayed;
    private final List<Part> parts = new ArrayList<>();

    FusedUpdate(MultiLayerNetwork network, BaseMultiLayerUpdater<?> updater) {
        this.network = network;
        this.updater = updater;
        decayed = updater.getUpdaterBlocks().stream()
                .flatMap(block -> block.getLayersAndVariablesInBlock().stream())
                .flatMap(this::decayed)
                .toList();
        int stateFrom = 0;
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            IUpdater config = block.getGradientUpdater().getConfig();
            int from = block.getParamOffsetStart();
            int count = block.getParamOffsetEnd() - from;
            int state = Math.toIntExact(config.stateSize(count));
            int half = config instanceof Adam ? count : 0;
            parts.add(new Part(
                    config,
                    bytes(network.params(), from, count),
                    bytes(updater.getFlattenedGradientsView(), from, count),
                    bytes(updater.getStateViewArray(), stateFrom, state - half),
                    bytes(updater.getStateViewArray(), stateFrom + state - half, half)));
            stateFrom += state;
        }
    }

    private Stream<Decayed> decayed(ParamState variable) {
        int from = variable.getParamOffsetStart();
        int count = variable.getParamOffsetEnd() - from;
        return Stream.ofNullable(variable.getLayer().getConfig().getRegularizationByParam(variable.getParamName()))
                .flatMap(List::stream)
                .filter(L2Regularization.class::isInstance)
                .map(decay -> new Decayed(
                        view(network.params(), from, count),
                        view(updater.getFlattenedGradientsView(), from, count),
                        ((L2Regularization) decay).getL2()));
    }

    private static INDArray view(INDArray flat, int from, int count) {
        return flat.reshape(flat.length()).get(NDArrayIndex.interval(from, from + count));
    }

    /** Whether there is such a step for all that learns. */
    static boolean knows(BaseMultiLayerUpdater<?> updater) {
        return updater.getUpdaterBlocks().stream().allMatch(block -> {
            IUpdater config = block.getGradientUpdater().getConfig();
            return KNOWN.contains(config.getClass()) || (config instanceof NoOp && withoutGradient(block));
        });
    }

    /** Whether nothing is written to the gradient, which DL4J subtracts without any updater too. */
    private static boolean withoutGradient(UpdaterBlock block) {
        return block.getLayersAndVariablesInBlock().stream()
                .allMatch(variable -> variable.getLayer().getConfig() instanceof SparseLayer);
    }

    /** Takes a step along gradients that are sums over a minibatch. */
    void take(int batch, int iteration, int epoch) {
        for (Decayed weights : decayed) {
            weights.addGradient(batch, iteration, epoch);
        }
        for (Part part : parts) {
            part.take(batch, iteration, epoch);
        }
    }

    private static AdamStep step(Adam adam, int iteration, int epoch) {
        return AdamStep.of(
                adam.getBeta1(), adam.getBeta2(), adam.getEpsilon(), adam.getLearningRate(iteration, epoch), iteration);
    }

    private static float rate(IUpdater config, int iteration, int epoch) {
        return (float) config.getLearningRate(iteration, epoch);
    }

    private static ByteBuffer bytes(INDArray flat, int from, int count) {
        // Without any state there is no array of it.
        return count == 0 ? ByteBuffer.allocate(0) : flat.data().asNio().slice(from * Float.BYTES, count * Float.BYTES);
    }

    private static FloatBuffer floats(ByteBuffer bytes) {
        return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /**
     * What one updater changes.
     *
     * @param p parameters
     * @param g their gradient
     * @param state of the updater, or the first half of it
     * @param rest the second half
     */
    private record Part(IUpdater config, ByteBuffer p, ByteBuffer g, ByteBuffer state, ByteBuffer rest) {
        void take(int batch, int iteration, int epoch) {
            if (config instanceof Adam adam) {
                step(adam, iteration, epoch).take(p, g, state, rest, batch);
            } else if (config instanceof Nesterovs nesterovs) {
                float momentum = (float) nesterovs.currentMomentum(iteration, epoch);
                new MomentumStep(rate(config, iteration, epoch), momentum)
                        .take(floats(p), floats(g), floats(state), batch);
            } else if (config instanceof Sgd) {
                new MomentumStep(rate(config, iteration, epoch), 0)
                        .take(floats(p), floats(g), FloatBuffer.allocate(0), batch);
            }
        }
    }

    /** Weights with {@code decay / 2} times their sum of squares in the loss, and their gradient: views of the flat vectors. */
    private record Decayed(INDArray weights, INDArray gradient, ISchedule decay) {
        void addGradient(int batch, int iteration, int epoch) {
            double scale = batch * decay.valueAt(iteration, epoch);
            Nd4j.getBlasWrapper().level1().axpy(weights.length(), scale, weights, gradient);
        }
    }
}
