package org.winnow.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.activation.ComplexToReal;
import org.winnow.operator.Bilinear;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Variational;

/** Sparse layers in graphs: two inputs, residual blocks, complex numbers from end to end, sequences. */
class SparseGraphTest {
    private static final int ROWS = 3;
    private static final Variational COMPLEX = new Variational(Divergence.COMPLEX_ARD, -2);

    private final DataType before = Nd4j.defaultFloatingPointType();

    @BeforeEach
    void checkInDoublePrecision() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterEach
    void restorePrecision() {
        Nd4j.setDefaultDataTypes(before, before);
    }

    private static GraphBuilder graph() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .graphBuilder();
    }

    private static SparseLayer sparse(Operator op) {
        return SparseNetworks.layer(op, op.output().complex() ? COMPLEX : new Variational(Divergence.REAL_VD, -2))
                .build();
    }

    private static OutputLayer output(int in) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(in)
                .nOut(SparseNetworks.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static INDArray input(long seed, long... shape) {
        return SparseNetworks.normal(1, seed, DataType.DOUBLE, shape);
    }

    /** The gradient holds, and a copy from JSON and a saved one answer the same. */
    private static ComputationGraph checked(GraphBuilder builder, INDArray labels, INDArray... inputs) {
        ComputationGraphConfiguration configuration = builder.build();
        assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        assertTrue(GradientCheckUtil.checkGradients(
                new GradientCheckUtil.GraphConfig().net(graph).inputs(inputs).labels(new INDArray[] {labels})));
        double[] answers = answers(graph, inputs);
        assertArrayEquals(answers, answers(graph.clone(), inputs));
        assertArrayEquals(answers, answers(saved(graph), inputs));
        return graph;
    }

    private static double[] answers(ComputationGraph graph, INDArray... inputs) {
        return graph.outputSingle(inputs).dup('c').data().asDouble();
    }

    private static ComputationGraph saved(ComputationGraph graph) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ModelSerializer.writeModel(graph, bytes, true);
            return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void bilinearLayersTakeTwoInputs() {
        for (Operator op : new Operator[] {new Bilinear(2, 3, 2), new ComplexOperator(new Bilinear(1, 2, 2))}) {
            int parts = op.input().complex() ? 2 : 1;
            int first = parts * op.input().sizes().get(0);
            int second = parts * op.input().sizes().get(1);
            GraphBuilder builder = graph().addInputs("x1", "x2")
                    .addLayer("product", sparse(op), "x1", "x2")
                    .addLayer("out", output(op.output().width()), "product")
                    .setOutputs("out")
                    .setInputTypes(InputType.feedForward(first), InputType.feedForward(second));
            checked(
                    builder,
                    SparseNetworks.labels(DataType.DOUBLE, ROWS),
                    input(1, ROWS, first),
                    input(2, ROWS, second));
        }
    }

    @Test
    void residualBlocksTakeAnyParts() {
        for (int gates : new int[] {1, 4}) {
            GraphBuilder builder = graph().addInputs("x");
            String block = GatedResidual.add(
                    builder,
                    "block",
                    "x",
                    GatedResidual.Block.of(
                            sparse(new Linear(4, 3)),
                            new DenseLayer.Builder()
                                    .nIn(3)
                                    .nOut(4)
                                    .activation(Activation.TANH)
                                    .build()),
                    GatedResidual.Block.of(new SparseLayer.Builder(new Linear(4, gates), new GatedWeights())
                            .activation(Activation.IDENTITY)
                            .build()));
            builder.addLayer("out", output(4), block).setOutputs("out").setInputTypes(InputType.feedForward(4));
            checked(builder, SparseNetworks.labels(DataType.DOUBLE, ROWS), input(1, ROWS, 4));
        }
    }

    @Test
    void aResidualBlockIsItsFormula() {
        GraphBuilder builder = graph().addInputs("x");
        SparseLayer.Builder linear =
                new SparseLayer.Builder(new Linear(3, 3), new Dense()).activation(Activation.IDENTITY);
        GatedResidual.add(
                builder, "block", "x", GatedResidual.Block.of(linear.build()), GatedResidual.Block.of(linear.build()));
        ComputationGraph graph = new ComputationGraph(
                builder.addLayer("out", output(3), "block").setOutputs("out").build());
        graph.init();
        INDArray x = input(1, ROWS, 3);
        var outputs = graph.feedForward(new INDArray[] {x}, true);
        double[] branch = outputs.get("block.branch.0").dup('c').data().asDouble();
        double[] gate = outputs.get("block.gate.0").dup('c').data().asDouble();
        double[] y = outputs.get("block").dup('c').data().asDouble();
        for (int i = 0; i < y.length; i++) {
            assertEquals(x.getDouble(i) + branch[i] / (1 + Math.exp(-gate[i])), y[i], 1e-12);
        }
    }

    @Test
    void complexNetworksWorkFromEndToEnd() {
        for (ComplexToReal.Part part : ComplexToReal.Part.values()) {
            GraphBuilder builder = graph().addInputs("x")
                    .addLayer("complex", FunctionLayer.realToComplex(), "x")
                    .addLayer("conv", sparse(new ComplexOperator(new Convolution(1, 2, 2, 2))), "complex")
                    .addLayer("shrunk", FunctionLayer.modRelu(0.05), "conv")
                    .addLayer("linear", sparse(new ComplexOperator(new Linear(8, 2))), "shrunk")
                    .addLayer("real", FunctionLayer.complexToReal(part), "linear")
                    .addLayer("out", output(2), "real")
                    .setOutputs("out")
                    .setInputTypes(InputType.convolutionalFlat(3, 3, 1));
            builder.inputPreProcessor("complex", new FeedForwardToCnnPreProcessor(3, 3, 1));
            checked(builder, SparseNetworks.labels(DataType.DOUBLE, ROWS), input(1, ROWS, 9));
        }
    }

    @Test
    void convolutionsAreFlattenedForLinearMaps() {
        InputType[] types = {LayerInputs.type(1, 2, 4), LayerInputs.type(1, 2, 3, 3), LayerInputs.type(1, 2, 2, 2, 2)};
        int[][] kernels = {{2}, {2, 2}, {2, 2, 2}};
        int[] flat = {9, 12, 3};
        for (int i = 0; i < types.length; i++) {
            GraphBuilder builder = graph().addInputs("x")
                    .addLayer("conv", sparse(new Convolution(2, 3, kernels[i])), "x")
                    .addLayer("linear", sparse(new Linear(flat[i], 2)), "conv")
                    .addLayer("out", output(2), "linear")
                    .setOutputs("out")
                    .setInputTypes(types[i]);
            long[] shape = LayerInputs.shape(types[i]);
            shape[0] = ROWS;
            checked(builder, SparseNetworks.labels(DataType.DOUBLE, ROWS), input(1, shape));
        }
    }

    /** The penalty's gradient is right although a step is not an example. */
    @Test
    void linearMapsActAtEachStepOfASequence() {
        GraphBuilder builder = graph().addInputs("x")
                .addLayer("linear", sparse(new Linear(3, 2)), "x")
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(LossFunction.MSE)
                                .nIn(2)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "linear")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(3));
        INDArray x = input(1, ROWS, 3, 4);
        ComputationGraph graph = checked(builder, input(2, ROWS, 1, 4), x);
        INDArray y = graph.outputSingle(x);
        INDArray step = graph.outputSingle(x.tensorAlongDimension(2, 0, 1).dup().reshape(ROWS, 3, 1));
        for (int row = 0; row < ROWS; row++) {
            assertEquals(y.getDouble(row, 0, 2), step.getDouble(row, 0, 0), 1e-12);
        }
    }
}
