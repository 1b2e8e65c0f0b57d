package org.winnow.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.gate.GateDraw;
import org.winnow.gate.StochasticGates;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Strips;

/** A {@link GateLayer} at work. */
final class GateLayerRuntime extends BaseLayer<GateLayer> implements Noisy, Gated, Scheduled, Leading, Penalised {
    private static final long serialVersionUID = 1;

    private final StochasticGates configured;
    private StochasticGates gates;
    private double penaltyFactor = 1;
    private double temperatureFactor = 1;
    private Noise stream;
    private GateDraw draw;
    private int miniBatchSize = 1;
    private boolean inputGradientNeeded = true;
    private double lastPenalty;

    GateLayerRuntime(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
        configured = layerConf().gates();
        gates = configured;
        stream = Noise.of(conf.getSeed());
    }

    @Override
    public void noise(Noise newStream) {
        stream = newStream;
    }

    @Override
    public void factors(double penalty, double temperature) {
        if (penalty != penaltyFactor || temperature != temperatureFactor) {
            penaltyFactor = penalty;
            temperatureFactor = temperature;
            gates = new StochasticGates(
                    configured.distribution().annealed(temperature),
                    configured.groups(),
                    configured.regWeight() * penalty,
                    configured.reduction());
        }
    }

    @Override
    public void inputGradientNeeded(boolean needed) {
        inputGradientNeeded = needed;
    }

    @Override
    public double[] rawGateValues() {
        return Elements.read(gates.values(parameters(), false));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray x = input.castTo(dataType);
        GateDraw drawn = training
                ? gates.sample(parameters(), Math.toIntExact(x.size(0)), stream.child(getIterationCount()))
                : gates.mean(parameters());
        draw = drawn.keptBy(array -> workspaces.leverageTo(ArrayType.ACTIVATIONS, array));
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, gates.forward(x, draw));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray ofLoss = gates.parameterGradient(input.castTo(dataType), epsilon, draw);
        // DL4J divides gradients by the minibatch size after this, and does not divide the penalty.
        INDArray view = gradientViews.get(GateLayerParams.KEY);
        lastPenalty = gates.penaltyWithGradient(parameters(), view);
        for (Strips at = Strips.over(view); at.next(); ) {
            at.write(view, at.read(view).mul(miniBatchSize).add(at.read(ofLoss)));
        }
        Gradient gradient = new DefaultGradient();
        gradient.setGradientFor(GateLayerParams.KEY, view);
        INDArray dx = inputGradientNeeded ? gates.inputGradient(epsilon, draw) : Nd4j.empty(dataType);
        return new Pair<>(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, dx));
    }

    @Override
    public double lastPenalty() {
        return lastPenalty;
    }

    @Override
    public double calcRegularizationScore(boolean backpropOnlyParams) {
        return gates.penalty(parameters());
    }

    @Override
    public void setInputMiniBatchSize(int size) {
        miniBatchSize = size;
    }

    @Override
    public int getInputMiniBatchSize() {
        return miniBatchSize;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clear() {
        super.clear();
        draw = null;
    }

    private INDArray parameters() {
        return params.get(GateLayerParams.KEY);
    }
}
