package org.winnow.layer;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Sparsifier;

/** A sparse layer between a plain one, so that its input's gradient matters, and a softmax; with data. */
final class SparseNetworks {
    static final int CLASSES = 2;
    static final int INDEX = 1;

    private SparseNetworks() {}

    static SparseLayer.Builder layer(Operator op, Sparsifier sparsifier) {
        return new SparseLayer.Builder(op, sparsifier)
                .name("sparse")
                .regWeight(0.3)
                .activation(Activation.TANH);
    }

    static MultiLayerNetwork network(SparseLayer layer, DataType type, WorkspaceMode mode, IUpdater updater) {
        InputType input = LayerInputs.type(inputShape(layer.operator(), 1));
        long[] output = layer.operator().outputShape(inputShape(layer.operator(), 1));
        long width = LongStream.of(output).reduce(1, Math::multiplyExact);
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .updater(updater)
                .trainingWorkspaceMode(mode)
                .inferenceWorkspaceMode(mode)
                .list()
                .layer(before(layer.operator()))
                .layer(layer.clone())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(width)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build());
        if (output.length > 2) {
            list.inputPreProcessor(
                    INDEX + 1, new Flatten(LongStream.of(output).skip(1).boxed().toList()));
        }
        MultiLayerConfiguration configuration = list.setInputType(input).build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        scatter(network, layer);
        return network;
    }

    /** As many features, at each position. */
    private static SparseLayer before(Operator op) {
        int width = op.input().width();
        int[] kernel = new int[inputShape(op, 1).length - 2];
        Arrays.fill(kernel, 1);
        Operator same = kernel.length == 0 ? new Linear(width, width) : new Convolution(width, width, kernel);
        return new SparseLayer.Builder(same, new Dense())
                .activation(Activation.TANH)
                .build();
    }

    /** Lets parameters of sparsifiers differ, and sets masks. */
    private static void scatter(MultiLayerNetwork network, SparseLayer layer) {
        for (ParamSpec spec : layer.params()) {
            INDArray array = network.getLayer(INDEX).paramTable().get(spec.name());
            if (spec.kind() == ParamSpec.Kind.SPARSIFIER) {
                INDArray spread = normal(0.3, spec.name().hashCode(), array.dataType(), array.shape());
                array.assign(spec.trainable() ? array.mul(0.1).add(spread) : spread.gt(0));
            }
        }
    }

    /** The shape of a batch that the operator takes; positions are few, as every forward pass of a check costs. */
    static long[] inputShape(Operator op, int rows) {
        Operator real = op instanceof ComplexOperator complex ? complex.base() : op;
        int positions =
                real instanceof Convolution convolution ? convolution.windows().size() : 0;
        long[] shape = new long[positions + 2];
        for (int axis = 2; axis < shape.length; axis++) {
            shape[axis] = 6L - positions;
        }
        shape[0] = rows;
        shape[1] = op.input().width();
        return shape;
    }

    static INDArray inputs(Operator op, DataType type, int rows) {
        return normal(1, 3, type, inputShape(op, rows));
    }

    static INDArray labels(DataType type, int rows) {
        INDArray labels = Nd4j.zeros(type, rows, CLASSES);
        for (int row = 0; row < rows; row++) {
            labels.putScalar(row, row % CLASSES, 1);
        }
        return labels;
    }

    static INDArray normal(double deviation, long seed, DataType type, long... shape) {
        double[] drawn = new double[Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact))];
        Noise.of(seed).normal(drawn, 0);
        return Elements.write(drawn, type, shape).muli(deviation);
    }
}
