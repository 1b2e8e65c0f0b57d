package org.winnow.train;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
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
        requireReasonable(inputs, head, options);
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(train.seed())
                .updater(adam(train))
                .list();
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
        layers.layer(new OutputLayer.Builder(head.regression() ? LossFunction.MSE : LossFunction.MCXENT)
                .nIn(width)
                .nOut(head.width())
                .activation(head.regression() ? Activation.IDENTITY : Activation.SOFTMAX)
                .build());
        MultiLayerConfiguration configuration = layers.build();
        return new NetworkState(configuration.toJson(), initial(configuration, options, train.seed()));
    }

    private static void requireReasonable(int inputs, Head head, NetworkOptions options) {
        long parameters = 0;
        long width = inputs;
        for (int units : options.hidden()) {
            parameters += (width + 1) * units;
            width = units;
        }
        parameters += (width + 1) * head.width();
        if (parameters > MOST_PARAMETERS) {
            throw new UserError("network.hidden " + options.hidden() + " makes " + parameters + " parameters of "
                    + inputs + " inputs; allowed are " + MOST_PARAMETERS);
        }
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
    private static float[] initial(MultiLayerConfiguration configuration, NetworkOptions options, long seed) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        Noise key = Noise.of(seed).child(Stream.INITIAL);
        boolean rectified = options.activation() == NetworkOptions.Activation.RELU
                || options.activation() == NetworkOptions.Activation.ELU
                || options.activation() == NetworkOptions.Activation.GELU;
        for (int layer = 0; layer < network.getnLayers(); layer++) {
            INDArray weight = network.getLayer(layer).paramTable().get("W");
            if (weight != null) {
                boolean output = layer == network.getnLayers() - 1;
                double spread = rectified && !output
                        ? Math.sqrt(2.0 / weight.size(0))
                        : Math.sqrt(2.0 / (weight.size(0) + weight.size(1)));
                float[] drawn = new float[(int) weight.length()];
                key.child(layer).normal(drawn, 0);
                weight.assign(Nd4j.create(drawn, weight.shape(), 'c').mul(spread));
            }
        }
        return network.params().toFloatVector();
    }
}
