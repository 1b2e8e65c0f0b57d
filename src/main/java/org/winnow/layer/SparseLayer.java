package org.winnow.layer;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.winnow.check.Check;
import org.winnow.gate.Reduction;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Sparsifier;

/**
 * Configuration of a layer of any operator and any sparsifier: {@code activation(sparsifier(operator(x)))}, with
 * {@code regWeight} times the sparsifier's penalty in the loss. Features are on axis 1, as everywhere in DL4J. An operator
 * of two inputs takes them joined there, as DL4J's graph joins several inputs of a layer.
 *
 * <p>Parameters start as the sparsifier says, under keys of the configuration's seed and the layer's index; DL4J's weight
 * initialisation is not used. Regularisation of DL4J acts on weight and bias only.
 */
public final class SparseLayer extends BaseLayer {
    private static final long serialVersionUID = 1;

    @JsonProperty
    @JsonSerialize(using = SparseJson.Writer.class)
    @JsonDeserialize(using = SparseJson.OperatorReader.class)
    private Operator operator = new Linear(1, 1);

    @JsonProperty
    @JsonSerialize(using = SparseJson.Writer.class)
    @JsonDeserialize(using = SparseJson.SparsifierReader.class)
    private Sparsifier sparsifier = new Dense();

    @JsonProperty
    private boolean bias = true;

    @JsonProperty
    private boolean baseFrozen;

    @JsonProperty
    private double regWeight;

    @JsonProperty
    private Reduction reduction = Reduction.SUM;

    @JsonIgnore
    private boolean biasFirst;

    /** For JSON. */
    SparseLayer() {}

    private SparseLayer(Builder builder) {
        super(builder);
        operator = builder.operator;
        sparsifier = builder.sparsifier;
        bias = builder.bias;
        baseFrozen = builder.baseFrozen;
        regWeight = builder.regWeight;
        reduction = builder.reduction;
        params();
        initializeConstraints(builder);
    }

    /** The map that it makes sparse. */
    public Operator operator() {
        return operator;
    }

    /** How it is made sparse. */
    public Sparsifier sparsifier() {
        return sparsifier;
    }

    /** Whether every output is a sum of all inputs, by weights that nothing makes sparse. */
    public boolean isDenseMap() {
        return operator instanceof Linear && sparsifier instanceof Dense;
    }

    /** Whether there is a bias. */
    public boolean hasBias() {
        return bias;
    }

    /** Whether weight and bias stay as they are. */
    public boolean baseFrozen() {
        return baseFrozen;
    }

    /** The weight of the penalty in the loss. */
    public double regWeight() {
        return regWeight;
    }

    /** How the penalties of elements become one. */
    public Reduction reduction() {
        return reduction;
    }

    /** What parameters it has, in the order of the flat vector. */
    public List<ParamSpec> params() {
        List<ParamSpec> specs = sparsifier.params(operator, bias);
        return biasFirst
                ? specs.stream()
                        .sorted(Comparator.comparing(spec -> spec.kind() != ParamSpec.Kind.BIAS))
                        .toList()
                : specs;
    }

    /** This with the bias before all others in the flat vector, where some of DL4J's layers have it; not kept in JSON. */
    SparseLayer withBiasFirst() {
        SparseLayer copy = (SparseLayer) clone();
        copy.biasFirst = true;
        return copy;
    }

    /** The parameters that training changes. */
    List<String> learning() {
        return params().stream()
                .filter(spec -> spec.trainable() && !(baseFrozen && spec.kind() != ParamSpec.Kind.SPARSIFIER))
                .map(ParamSpec::name)
                .toList();
    }

    /** Whether DL4J's regularisation adds to the loss. */
    public boolean hasDecay() {
        return !(regularization == null || regularization.isEmpty())
                || !(regularizationBias == null || regularizationBias.isEmpty());
    }

    /** This with another sparsifier. */
    public SparseLayer with(Sparsifier other) {
        SparseLayer copy = (SparseLayer) clone();
        copy.sparsifier = other;
        copy.params();
        return copy;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        SparseLayerRuntime layer = new SparseLayerRuntime(conf, index, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, false));
        if (initialize) {
            layer.initialize();
        }
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return SparseLayerParams.INSTANCE;
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return LayerInputs.outputOf(operator, input, layerName);
    }

    @Override
    public void setNIn(InputType input, boolean override) {
        getOutputType(-1, input);
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType input) {
        return LayerInputs.preProcessor(operator, input);
    }

    @Override
    public boolean isPretrainParam(String name) {
        return false;
    }

    @Override
    public IUpdater getUpdaterByParam(String name) {
        return learning().contains(name) ? super.getUpdaterByParam(name) : new NoOp();
    }

    @Override
    public List<Regularization> getRegularizationByParam(String name) {
        return learning().contains(name) ? super.getRegularizationByParam(name) : List.of();
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType input) {
        long count = initializer().numParams(this);
        return LayerInputs.memory(
                this, input, getOutputType(-1, input), count, getIUpdater().stateSize(count));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseLayer that
                && super.equals(that)
                && operator.equals(that.operator)
                && sparsifier.equals(that.sparsifier)
                && bias == that.bias
                && baseFrozen == that.baseFrozen
                && regWeight == that.regWeight
                && reduction == that.reduction
                && biasFirst == that.biasFirst;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), operator, sparsifier);
    }

    /** Builds layers; besides these, all that DL4J's layers have: name, activation, updater, dropout, constraints, … */
    @SuppressWarnings("unchecked") // DL4J's build() returns any type that its caller wants.
    public static final class Builder extends BaseLayer.Builder<Builder> {
        private final Operator operator;
        private final Sparsifier sparsifier;
        private boolean bias = true;
        private boolean baseFrozen;
        private double regWeight;
        private Reduction reduction = Reduction.SUM;

        /** A layer of an operator and a sparsifier. */
        public Builder(Operator operator, Sparsifier sparsifier) {
            this.operator = operator;
            this.sparsifier = sparsifier;
        }

        /** Whether there is a bias; true unless said otherwise. */
        public Builder bias(boolean hasBias) {
            bias = hasBias;
            return this;
        }

        /** Whether weight and bias stay as they are, so that only the sparsifier learns. */
        public Builder baseFrozen(boolean frozen) {
            baseFrozen = frozen;
            return this;
        }

        /** The weight of the penalty in the loss, at least 0; 0 unless said otherwise. */
        public Builder regWeight(double weight) {
            regWeight = Check.notNegative(weight, "regWeight");
            return this;
        }

        /** How the penalties of elements become one, the sum of them unless said otherwise. */
        public Builder reduction(Reduction how) {
            reduction = how;
            return this;
        }

        /** The layer; refused if the sparsifier does not go with the operator, or needs a bias. */
        @Override
        public SparseLayer build() {
            return new SparseLayer(this);
        }
    }
}
