package org.winnow.layer;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.winnow.activation.Activation;
import org.winnow.activation.ComplexToReal;
import org.winnow.activation.ModRelu;
import org.winnow.activation.RealToComplex;
import org.winnow.activation.SplitRelu;
import org.winnow.operator.Features;

/** Configuration of a layer that is a function of features without parameters, as those between complex layers. */
public final class FunctionLayer extends NoParamLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty
    @JsonSerialize(using = SparseJson.Writer.class)
    @JsonDeserialize(using = SparseJson.ActivationReader.class)
    private Activation function = new SplitRelu();

    /** For JSON. */
    FunctionLayer() {}

    /** A function whose features are on {@link Features.Axis#SECOND}, as everywhere in DL4J. */
    public FunctionLayer(Activation function) {
        this.function = function;
    }

    /** Complex numbers out of their real parts. */
    public static FunctionLayer realToComplex() {
        return new FunctionLayer(new RealToComplex(Features.Axis.SECOND));
    }

    /** Real parts or moduli of complex numbers. */
    public static FunctionLayer complexToReal(ComplexToReal.Part part) {
        return new FunctionLayer(new ComplexToReal(Features.Axis.SECOND, part));
    }

    /** Complex numbers with moduli less a threshold. */
    public static FunctionLayer modRelu(double threshold) {
        return new FunctionLayer(new ModRelu(Features.Axis.SECOND, threshold));
    }

    /** What the layer computes. */
    public Activation function() {
        return function;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        FunctionLayerRuntime layer = new FunctionLayerRuntime(conf, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamTable(initializer().init(conf, parameters, initialize));
        return layer;
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return LayerInputs.type(function.outputShape(LayerInputs.shape(input)));
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType input) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType input) {
        return LayerInputs.memory(this, input, getOutputType(-1, input), 0, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FunctionLayer that && super.equals(that) && function.equals(that.function);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), function);
    }
}
