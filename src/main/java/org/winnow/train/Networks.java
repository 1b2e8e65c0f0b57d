package org.winnow.train;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.check.UserError;
import org.winnow.kernel.Noise;
import org.winnow.layer.GateLayer;
import org.winnow.model.NetworkState;

/** Multilayer perceptrons, with or without gates on their inputs, and their initial weights. */
public final class Networks {
    /** Name of the layer of gates. */
    public static final String GATES = "gates";

    /** Three float arrays of this length fit into a JVM's heap and into a broadcast. */
    private static final long MOST_PARAMETERS = 200_000_000;

    private Networks() {}

    /**
     * A network with its initial parameters.
     *
     * @param gates on the inputs, if it has any
     * @param inputs width of a row
     */
    public static NetworkState build(
            Optional<GateLayer> gates, int inputs, Head head, NetworkOptions options, TrainOptions train) {
        MultiLayerConfiguration configuration = configured(gates, inputs, head, options, train);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return new NetworkState(configuration.toJson(), initial(network, options.activation(), train.seed()));
    }

    /** What {@link #build} builds without gates, for who has parameters: a network costs more than its description. */
    public static String configuration(int inputs, Head head, NetworkOptions options, TrainOptions train) {
        return configured(Optional.empty(), inputs, head, options, train).toJson();
    }

    private static MultiLayerConfiguration configured(
            Optional<GateLayer> gates, int inputs, Head head, NetworkOptions options, TrainOptions train) {
        requireReasonable(parameters(inputs, head, options), "network.hidden " + options.hidden(), inputs);
        NeuralNetConfiguration.ListBuilder layers = learning(train).list();
        gates.ifPresent(layer -> {
            layer.setLayerName(GATES);
            layers.layer(layer);
        });
        int width = inputs;
        List<Integer> hidden = options.hidden();
        for (int units : hidden) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(width)
                    .nOut(units)
                    .activation(Activation.valueOf(options.activation().name()))
                    .build());
            width = units;
        }
        layers.layer(output(head).nIn(width).build());
        return layers.build();
    }

    /** The same network with Adam as these options want it, whatever updater it had, and their decay, if they have one. */
    public static NetworkState withAdam(NetworkState network, TrainOptions train) {
        MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(network.configuration());
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            if (layer.getLayer() instanceof BaseLayer learning) {
                learning.setIUpdater(adam(train));
                learning.setBiasUpdater(null);
                if (train.weightDecay() > 0) {
                    learning.setRegularization(List.of(new L2Regularization(train.weightDecay())));
                }
            }
        }
        return new NetworkState(configuration.toJson(), network.parameters());
    }

    /** The last layer. */
    static OutputLayer.Builder output(Head head) {
        return new OutputLayer.Builder(loss(head)).nOut(head.width()).activation(answer(head));
    }

    static LossFunction loss(Head head) {
        return head.regression() ? LossFunction.MSE : LossFunction.MCXENT;
    }

    /** What makes answers of the last layer's numbers. */
    static Activation answer(Head head) {
        return head.regression() ? Activation.IDENTITY : Activation.SOFTMAX;
    }

    private static long parameters(int inputs, Head head, NetworkOptions options) {
        long parameters = 0;
        long width = inputs;
        for (int units : options.hidden()) {
            parameters += (width + 1) * units;
            width = units;
        }
        return parameters + (width + 1) * head.width();
    }

    static void requireReasonable(long parameters, String described, int inputs) {
        if (parameters > MOST_PARAMETERS) {
            throw new UserError(described + " makes " + parameters + " parameters of " + inputs
                    + " inputs; allowed are " + MOST_PARAMETERS);
        }
    }

    /** Layers that learn as these options want it. */
    static NeuralNetConfiguration.Builder learning(TrainOptions train) {
        return new NeuralNetConfiguration.Builder()
                .seed(train.seed())
                .updater(adam(train))
                .l2(train.weightDecay());
    }

    private static Adam adam(TrainOptions train) {
        List<String> points = train.learningRateSchedule();
        return points.isEmpty()
                ? new Adam(train.learningRate())
                : new Adam(ScheduledRate.of(train.learningRate(), Schedule.of("learning_rate_schedule", points)));
    }

    /**
     * Weights as in He et al. (2015, arXiv:1502.01852) before a rectifier and Glorot and Bengio (2010) elsewhere, drawn
     * under keys of their own; DL4J would draw them from a global generator.
     */
    static float[] initial(MultiLayerNetwork network, NetworkOptions.Activation activation, long seed) {
        Noise key = Noise.of(seed).child(Stream.INITIAL);
        boolean rectified = activation == NetworkOptions.Activation.RELU
                || activation == NetworkOptions.Activation.ELU
                || activation == NetworkOptions.Activation.GELU;
        for (int layer = 0; layer < network.getnLayers(); layer++) {
            INDArray weight = network.getLayer(layer).paramTable().get("W");
            if (weight != null) {
                boolean output = layer == network.getnLayers() - 1;
                // Dense weights are [in, out], those of convolutions [out, in, height, width].
                boolean dense = weight.rank() == 2;
                double positions = dense ? 1 : (double) weight.size(2) * weight.size(3);
                double fanIn = positions * weight.size(dense ? 0 : 1);
                double fanOut = positions * weight.size(dense ? 1 : 0);
                double spread = Math.sqrt(2.0 / (rectified && !output ? fanIn : fanIn + fanOut));
                float[] drawn = new float[(int) weight.length()];
                key.child(layer).normal(drawn, 0);
                weight.assign(Nd4j.create(drawn, weight.shape(), 'c').mul(spread));
            }
        }
        return network.params().toFloatVector();
    }
}
