package org.winnow.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.activation.ComplexToReal;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Noise;
import org.winnow.layer.FunctionLayer;
import org.winnow.layer.GateLayer;
import org.winnow.layer.NetworkStates;
import org.winnow.layer.SparseLayer;
import org.winnow.model.NetworkState;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Annealing;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.MagnitudePruning;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Variational;

/**
 * The networks of the layer benchmark: 784-300-100-10 with ReLU, cross entropy, 1e-4 times the penalty and Adam at 1e-3,
 * the same as in {@code src/bench/torch_baseline.py}, and LeNet-5 (20 and 50 maps, 500 units).
 */
@SuppressWarnings("ImmutableEnumChecker") // Suppliers of constants.
public enum LayerKind {
    DENSE(Products.DENSE, LayerKind::dense),
    GAUSSIAN_GATES(
            Products.GATED,
            () -> LayerKind.gated(GateLayer.of(
                    new Gaussian(0.5),
                    LayerKind.INPUTS,
                    new long[] {LayerKind.INPUTS},
                    new int[0],
                    LayerKind.REG_WEIGHT,
                    Reduction.SUM))),
    BINARY_CONCRETE_GATES(
            Products.GATED,
            () -> LayerKind.gated(GateLayer.of(
                    new BinaryConcrete(),
                    LayerKind.INPUTS,
                    new long[] {LayerKind.INPUTS},
                    new int[0],
                    LayerKind.REG_WEIGHT,
                    Reduction.SUM))),
    VD(Products.VARIATIONAL, () -> LayerKind.perceptron(new Variational(Divergence.REAL_VD))),
    ARD(Products.VARIATIONAL, () -> LayerKind.perceptron(new Variational(Divergence.REAL_ARD))),
    HARD_CONCRETE(Products.DENSE, () -> LayerKind.perceptron(new GatedWeights())),
    CONTINUOUS_SPARSIFICATION(
            Products.DENSE,
            () -> LayerKind.perceptron(
                    GatedWeights.continuousSparsification(0, new Annealing(4, 1), new MaskOptions()))),
    MAGNITUDE_PRUNING(
            Products.DENSE,
            () -> LayerKind.perceptron(new MagnitudePruning(0.9, MagnitudePruning.Ranking.MODULUS, new MaskOptions()))),
    MASKED(Products.DENSE, LayerKind::masked),
    COMPLEX_ARD(Products.COMPLEX, () -> LayerKind.complex(Divergence.COMPLEX_ARD)),
    COMPLEX_VD_APPROX(Products.COMPLEX, () -> LayerKind.complex(Divergence.COMPLEX_VD_APPROX)),
    LENET5(Products.LENET5, () -> LayerKind.lenet(new Dense())),
    LENET5_VD(Products.VARIATIONAL_LENET5, () -> LayerKind.lenet(new Variational(Divergence.REAL_VD)));

    /** Numbers of an input row. */
    public static final int INPUTS = 784;
    /** Classes of the output. */
    public static final int CLASSES = 10;

    static final List<Integer> SIZES = List.of(INPUTS, 300, 100, CLASSES);

    private static final double REG_WEIGHT = 1e-4;
    private static final double MASK_DENSITY = 0.1;
    private static final double RATE = 1e-3;
    private static final int SEED = 1;

    private final Products products;
    private final Supplier<NetworkState> network;

    LayerKind(Products products, Supplier<NetworkState> network) {
        this.products = products;
        this.network = network;
    }

    /** The one of this name, if there is one, otherwise those that have this in theirs. */
    public static List<LayerKind> with(String nameOrPart) {
        List<LayerKind> named = Arrays.stream(values())
                .filter(kind -> kind.label().contains(nameOrPart))
                .toList();
        return named.stream()
                .filter(kind -> kind.label().equals(nameOrPart))
                .findAny()
                .map(List::of)
                .orElse(named);
    }

    /** As the baseline calls it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Rows of a minibatch, unless the benchmark is told another number: that of its paper for LeNet-5. */
    public int batch(int asked) {
        return products.ofImages() ? 100 : asked;
    }

    /** The network with its first parameters. */
    public NetworkState network() {
        return network.get();
    }

    /** The matrix products that a step cannot do without. */
    Products products() {
        return products;
    }

    private static NetworkState dense() {
        return perceptron(new Dense());
    }

    private static NetworkState gated(GateLayer gates) {
        List<Layer> layers = new ArrayList<>(List.of(gates));
        layers.addAll(linear(new Dense()));
        return state(layers, InputType.feedForward(INPUTS));
    }

    private static NetworkState perceptron(Sparsifier method) {
        return state(linear(method), InputType.feedForward(INPUTS));
    }

    private static List<Layer> linear(Sparsifier method) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < SIZES.size(); i++) {
            layers.add(sparse(new Linear(SIZES.get(i - 1), SIZES.get(i)), method, i < SIZES.size() - 1));
        }
        layers.add(loss());
        return layers;
    }

    private static NetworkState masked() {
        MultiLayerNetwork network = NetworkStates.restore(perceptron(new FixedMask()));
        Noise noise = Noise.of(SEED);
        for (int layer = 0; layer < SIZES.size() - 1; layer++) {
            INDArray mask = network.getLayer(layer).getParam(FixedMask.MASK);
            double[] drawn = new double[(int) mask.length()];
            noise.child(layer).uniform(drawn, 0);
            double[] ones =
                    Arrays.stream(drawn).map(u -> u < MASK_DENSITY ? 1 : 0).toArray();
            FixedMask.set(mask, Nd4j.create(ones, mask.shape(), 'c').castTo(mask.dataType()));
        }
        return NetworkStates.of(network);
    }

    private static NetworkState complex(Divergence divergence) {
        List<Layer> layers = new ArrayList<>();
        layers.add(FunctionLayer.realToComplex());
        for (int i = 1; i < SIZES.size(); i++) {
            Operator op = new ComplexOperator(new Linear(SIZES.get(i - 1), SIZES.get(i)));
            layers.add(sparse(op, new Variational(divergence), i < SIZES.size() - 1));
        }
        layers.add(FunctionLayer.complexToReal(ComplexToReal.Part.REAL));
        layers.add(loss());
        return state(layers, InputType.feedForward(INPUTS));
    }

    private static NetworkState lenet(Sparsifier method) {
        return state(
                List.of(
                        sparse(new Convolution(1, 20, 5, 5), method, true),
                        pooling(),
                        sparse(new Convolution(20, 50, 5, 5), method, true),
                        pooling(),
                        sparse(new Linear(800, 500), method, true),
                        sparse(new Linear(500, CLASSES), method, false),
                        loss()),
                InputType.convolutionalFlat(28, 28, 1));
    }

    private static Layer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    private static Layer sparse(Operator op, Sparsifier method, boolean rectified) {
        return new SparseLayer.Builder(op, method)
                .regWeight(REG_WEIGHT)
                .activation(rectified ? Activation.RELU : Activation.IDENTITY)
                .build();
    }

    private static Layer loss() {
        return new LossLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static NetworkState state(List<Layer> layers, InputType input) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .updater(new Adam(RATE))
                .list();
        layers.forEach(list::layer);
        MultiLayerConfiguration configuration = list.setInputType(input).build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return NetworkStates.of(network);
    }
}
