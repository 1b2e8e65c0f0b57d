package org.winnow.layer;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.GateDistribution;
import org.winnow.gate.GateGroups;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.gate.StochasticGates;
import org.winnow.kernel.Noise;

/**
 * Configuration of a layer that multiplies each element of its input by a stochastic gate: {@code [batch, elements...]}
 * in, the same shape out. Parameters: one per gate. The fields are what JSON keeps; {@link #gates()} is the mathematics.
 */
public final class GateLayer extends BaseLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private String distribution = "";

    @JsonProperty
    private double std;

    @JsonProperty
    private double temperature;

    @JsonProperty
    private double lower;

    @JsonProperty
    private double upper;

    @JsonProperty
    private double eps;

    @JsonProperty
    private int gateCount;

    @JsonProperty
    private long[] maskShape = {};

    @JsonProperty
    private int[] mask = {};

    @JsonProperty
    private double regWeight;

    @JsonProperty
    private Reduction reduction = Reduction.SUM;

    /** For JSON. */
    GateLayer() {}

    /**
     * Gates of a distribution.
     *
     * @param mask the gate of each element, row-major; empty: one gate for each element
     * @param maskShape its shape, stretched to the input's as NumPy does
     * @throws IllegalArgumentException for a distribution that is not known here, or a mask that {@link GateGroups}
     *     refuses
     */
    public static GateLayer of(
            GateDistribution distribution,
            int gateCount,
            long[] maskShape,
            int[] mask,
            double regWeight,
            Reduction reduction) {
        GateLayer layer = new GateLayer();
        layer.gateCount = gateCount;
        layer.maskShape = maskShape.clone();
        layer.mask = mask.clone();
        layer.regWeight = regWeight;
        layer.reduction = reduction;
        if (distribution instanceof Gaussian gaussian) {
            layer.distribution = "gaussian";
            layer.std = gaussian.std();
        } else if (distribution instanceof BinaryConcrete concrete) {
            layer.distribution = "binary_concrete";
            layer.temperature = concrete.temperature();
            layer.lower = concrete.lower();
            layer.upper = concrete.upper();
            layer.eps = concrete.eps();
        } else {
            throw new IllegalArgumentException("distribution must be Gaussian or BinaryConcrete, got " + distribution);
        }
        layer.gates();
        return layer;
    }

    /** What the layer computes. */
    public StochasticGates gates() {
        GateDistribution made = distribution.equals("gaussian")
                ? new Gaussian(std)
                : new BinaryConcrete(temperature, lower, upper, eps);
        GateGroups groups =
                mask.length == 0 ? GateGroups.oneEach(gateCount) : GateGroups.of(gateCount, maskShape, mask);
        return new StochasticGates(made, groups, regWeight, reduction);
    }

    int gateCount() {
        return gateCount;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        GateLayerRuntime layer = new GateLayerRuntime(conf, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialize));
        layer.setConf(conf);
        layer.noise(Noise.of(conf.getSeed()).child(index));
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return GateLayerParams.INSTANCE;
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return input;
    }

    @Override
    public void setNIn(InputType input, boolean override) {
        // The number of gates is given, and checked against every input.
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType input) {
        return null;
    }

    @Override
    public boolean isPretrainParam(String name) {
        return false;
    }

    /** None: weight decay would push half-open gates towards closed. */
    @Override
    public List<Regularization> getRegularizationByParam(String name) {
        return List.of();
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType input) {
        return new LayerMemoryReport.Builder(layerName, GateLayer.class, input, input)
                .standardMemory(gateCount, getIUpdater().stateSize(gateCount))
                .workingMemory(0, 0, 0, input.arrayElementsPerExample())
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GateLayer that && super.equals(that) && gates().equals(that.gates());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), gates());
    }
}
