package org.winnow.surgery;

import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

/** Finished networks of DL4J's own layers. */
final class StockNetworks {
    static final int ROWS = 4;

    private StockNetworks() {}

    static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .updater(new Adam(0.01));
    }

    static DenseLayer dense(String name, int out) {
        return new DenseLayer.Builder().name(name).nOut(out).build();
    }

    static OutputLayer output(String name, int out) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .name(name)
                .nOut(out)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerNetwork made(NeuralNetConfiguration.ListBuilder layers, InputType input) {
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.setInputType(input).build());
        network.init();
        // Biases start at 0, which would hide a lost one.
        network.params().addi(normal(9, network.params().shape()).mul(0.1));
        return network;
    }

    static MultiLayerNetwork perceptron() {
        return made(
                settings()
                        .list()
                        .layer(dense("fc1", 5))
                        .layer(new BatchNormalization.Builder().name("norm").build())
                        .layer(dense("fc2", 4))
                        .layer(output("out", 2)),
                InputType.feedForward(3));
    }

    static MultiLayerNetwork sequences() {
        return made(
                settings()
                        .list()
                        .layer(new Convolution1DLayer.Builder(2, 1, 1)
                                .name("conv1")
                                .nOut(3)
                                .build())
                        .layer(new Convolution1DLayer.Builder(2)
                                .name("conv2")
                                .nOut(2)
                                .hasBias(false)
                                .build())
                        .layer(new GlobalPoolingLayer())
                        .layer(output("out", 2)),
                InputType.recurrent(2, 5));
    }

    static MultiLayerNetwork images() {
        return made(
                settings()
                        .list()
                        .layer(new ConvolutionLayer.Builder(3, 3)
                                .name("conv1")
                                .nOut(3)
                                .convolutionMode(ConvolutionMode.Same)
                                .build())
                        .layer(new ConvolutionLayer.Builder(2, 1)
                                .name("conv2")
                                .stride(2, 1)
                                .padding(1, 0)
                                .nOut(2)
                                .convolutionMode(ConvolutionMode.Truncate)
                                .build())
                        .layer(dense("fc", 3))
                        .layer(output("out", 2)),
                InputType.convolutionalFlat(4, 3, 2));
    }

    static MultiLayerNetwork volumes() {
        return made(
                settings()
                        .list()
                        .layer(new Convolution3D.Builder(2, 1, 2)
                                .name("conv1")
                                .nOut(2)
                                .convolutionMode(ConvolutionMode.Truncate)
                                .dataFormat(Convolution3D.DataFormat.NCDHW)
                                .build())
                        .layer(output("out", 2)),
                InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 2, 3, 2));
    }

    static ComputationGraph graph() {
        GraphBuilder builder = settings()
                .graphBuilder()
                .addInputs("x")
                .addLayer("fc1", dense("fc1", 4), "x")
                .addLayer("left", dense("left", 3), "fc1")
                .addLayer("right", dense("right", 3), "fc1")
                .addLayer("out", output("out", 2), "left", "right")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(3));
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        graph.params().addi(normal(9, graph.params().shape()).mul(0.1));
        return graph;
    }

    /** A batch for a network, by its first layer. */
    static INDArray inputs(MultiLayerNetwork network) {
        return switch (network.getLayer(0).conf().getLayer().getClass().getSimpleName()) {
            case "Convolution1DLayer" -> normal(1, ROWS, 2, 5);
            case "ConvolutionLayer" -> normal(1, ROWS, 24);
            case "Convolution3D" -> normal(1, ROWS, 2, 3, 2, 3);
            default -> normal(1, ROWS, 3);
        };
    }

    static INDArray labels() {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, ROWS, 2);
        for (int row = 0; row < ROWS; row++) {
            labels.putScalar(row, row % 2, 1);
        }
        return labels;
    }

    static INDArray normal(long seed, long... shape) {
        double[] drawn = new double[Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact))];
        Noise.of(seed).normal(drawn, 0);
        return Elements.write(drawn, DataType.DOUBLE, shape);
    }
}
