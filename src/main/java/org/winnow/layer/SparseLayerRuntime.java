package org.winnow.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Rectifier;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Draws;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Pass;
import org.winnow.sparsifier.Sparsifier;

/** A {@link SparseLayer} at work. */
final class SparseLayerRuntime extends BaseLayer<SparseLayer> implements Noisy, Scheduled, Leading, Penalised {
    private static final long serialVersionUID = 1;

    private static final IActivation RECTIFIER = new ActivationReLU();
    private static final long INITIAL = 1;
    private static final long NOISE = 2;
    private static final long ABLATION = 3;

    private final Operator op;
    private final Sparsifier sparsifier;
    private final Noise own;
    private Noise stream;
    private int miniBatchSize;
    private boolean inputGradientNeeded = true;
    private double penaltyFactor = 1;

    private transient Params grads;
    private transient Pass pass;
    private transient INDArray keptForActivation;
    private transient double lastPenalty;

    SparseLayerRuntime(NeuralNetConfiguration conf, int index, DataType type) {
        super(conf, type);
        op = layerConf().operator();
        sparsifier = layerConf().sparsifier();
        own = Noise.of(conf.getSeed()).child(index);
        stream = own.child(NOISE);
    }

    /** Gives parameters their first values. */
    void initialize() {
        for (ParamSpec spec : layerConf().params()) {
            spec.initialize(params.get(spec.name()), own.child(INITIAL));
        }
    }

    @Override
    public void noise(Noise newStream) {
        stream = newStream;
    }

    /** Temperatures of sparsifiers are functions of the epoch, so that only the penalty's factor is of use here. */
    @Override
    public void factors(double penalty, double temperature) {
        penaltyFactor = penalty;
    }

    @Override
    public void inputGradientNeeded(boolean needed) {
        inputGradientNeeded = needed;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        Draws ablations = Draws.of(own.child(ABLATION));
        pass = training ? training(ablations, workspaces) : Pass.inference(getEpochCount(), ablations);
        INDArray z = LayerInputs.fromOperator(op, sparsifier.forward(op, x(), new Params(params), pass));
        INDArray y = activated(z, training, workspaces);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, maskArray == null ? y : masked(y));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        Pass forward = Objects.requireNonNull(pass, "backward needs a forward pass before it");
        INDArray dy = maskArray == null ? epsilon : masked(epsilon);
        INDArray dz = beforeActivation(dy);

        Params p = new Params(params);
        INDArray dx = sparsifier.backward(op, x(), LayerInputs.toOperator(op, dz), p, grads, forward);
        lastPenalty = decay(true);
        if (regWeight() > 0) {
            double weight = regWeight() * share(p);
            // DL4J divides gradients by the minibatch size after this, and does not divide the penalty.
            double scale = weight * (conf.isMiniBatch() ? getInputMiniBatchSize() : 1);
            lastPenalty += weight * sparsifier.penaltyWithGradient(op, p, getEpochCount(), scale, grads);
        }
        Gradient gradient = new DefaultGradient();
        gradientViews.forEach((name, view) -> gradient.setGradientFor(name, view, 'c'));
        INDArray dInput = backpropDropOutIfPresent(LayerInputs.fromOperator(op, dx));
        return new Pair<>(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, dInput));
    }

    @Override
    public double lastPenalty() {
        return lastPenalty;
    }

    @Override
    public double calcRegularizationScore(boolean backpropOnlyParams) {
        double decay = decay(backpropOnlyParams);
        if (regWeight() == 0) {
            return decay;
        }
        Params p = new Params(params);
        return decay + regWeight() * share(p) * sparsifier.penalty(op, p, getEpochCount());
    }

    private double decay(boolean backpropOnlyParams) {
        return layerConf().hasDecay() ? super.calcRegularizationScore(backpropOnlyParams) : 0;
    }

    /** Nothing is ever written to the gradients of what does not learn, and DL4J subtracts even those. */
    @Override
    public void setBackpropGradientsViewArray(INDArray gradients) {
        super.setBackpropGradientsViewArray(gradients);
        List<String> learning = layerConf().learning();
        Map<String, INDArray> learnt = new LinkedHashMap<>();
        gradientViews.forEach((name, view) -> {
            if (learning.contains(name)) {
                learnt.put(name, view);
            } else {
                view.assign(0);
            }
        });
        grads = new Params(learnt);
    }

    @Override
    public void setInputMiniBatchSize(int size) {
        miniBatchSize = size;
    }

    /** The size that a network has set, or that of the input, as graphs do not set it. */
    @Override
    public int getInputMiniBatchSize() {
        return miniBatchSize > 0 ? miniBatchSize : (int) input.size(0);
    }

    /** From row-major order, which is that of the views. */
    @Override
    protected void setParams(INDArray newParams, char order) {
        super.setParams(newParams, 'c');
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clear() {
        super.clear();
        pass = null;
        keptForActivation = null;
    }

    /** What is kept for backward lives as long as the activations of the network. */
    private Pass training(Draws ablations, LayerWorkspaceMgr workspaces) {
        Pass begun = Pass.training(getEpochCount(), Draws.of(stream.child(getIterationCount())), ablations)
                .keptBy(array -> workspaces.leverageTo(ArrayType.ACTIVATIONS, array));
        return inputGradientNeeded || layerConf().getIDropout() != null ? begun : begun.withoutInputGradient();
    }

    private double regWeight() {
        return layerConf().regWeight() * penaltyFactor;
    }

    private INDArray x() {
        return LayerInputs.toOperator(op, input.castTo(dataType));
    }

    /** The factor of each element's penalty. */
    private double share(Params p) {
        if (layerConf().reduction() != Reduction.MEAN) {
            return 1;
        }
        long elements = sparsifier.penalties(op, p, getEpochCount()).arrays().values().stream()
                .mapToLong(INDArray::length)
                .sum();
        return elements == 0 ? 1 : 1.0 / elements;
    }

    private INDArray activated(INDArray z, boolean training, LayerWorkspaceMgr workspaces) {
        if (linear()) {
            return z;
        }
        if (rectified()) {
            keptForActivation = workspaces.leverageTo(ArrayType.ACTIVATIONS, Rectifier.apply(z));
            return keptForActivation;
        }
        keptForActivation = training ? copy(z, workspaces) : null;
        return layerConf().getActivationFn().getActivation(z, training);
    }

    private INDArray beforeActivation(INDArray dy) {
        if (linear()) {
            return dy;
        }
        return rectified()
                ? Rectifier.gradient(keptForActivation, dy)
                : layerConf().getActivationFn().backprop(keptForActivation, dy).getFirst();
    }

    private boolean rectified() {
        return layerConf().getActivationFn().equals(RECTIFIER);
    }

    private boolean linear() {
        return layerConf().getActivationFn() instanceof ActivationIdentity;
    }

    private INDArray masked(INDArray y) {
        return y.mul(LayerInputs.stretchMask(maskArray, y));
    }

    private static INDArray copy(INDArray array, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATIONS, array, 'c');
    }
}
