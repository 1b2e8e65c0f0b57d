package org.winnow.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.GateDistribution;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.gate.Sigmoid;
import org.winnow.kernel.Noise;

class GateLayerTest {
    private static final int INPUTS = 5;
    private static final int[] SHARED = {0, 2, 1, 1, 0};

    static Stream<GateLayer> layers() {
        return Stream.of(new Gaussian(0.5), new BinaryConcrete())
                .flatMap(distribution -> Stream.of(Reduction.values())
                        .flatMap(reduction -> Stream.of(
                                oneEach(distribution, reduction),
                                GateLayer.of(distribution, 3, new long[] {INPUTS}, SHARED, 0.3, reduction))));
    }

    private static GateLayer oneEach(GateDistribution distribution, Reduction reduction) {
        return GateLayer.of(distribution, INPUTS, new long[0], new int[0], 0.3, reduction);
    }

    private static MultiLayerNetwork network(GateLayer gates, DataType type, WorkspaceMode workspaces) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .updater(new NoOp())
                .trainingWorkspaceMode(workspaces)
                .inferenceWorkspaceMode(workspaces)
                .list()
                .layer(gates.clone())
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static INDArray inputs(DataType type, int rows) {
        double[] drawn = new double[rows * INPUTS];
        Noise.of(3).normal(drawn, 0);
        return Nd4j.create(drawn, new long[] {rows, INPUTS}, 'c').castTo(type);
    }

    private static INDArray labels(DataType type, int rows) {
        INDArray labels = Nd4j.zeros(type, rows, 3);
        for (int row = 0; row < rows; row++) {
            labels.putScalar(row, row % 3, 1);
        }
        return labels;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientIsThatOfTheScorePenaltyIncluded(GateLayer gates) {
        DataType before = Nd4j.defaultFloatingPointType();
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        try {
            MultiLayerNetwork network = network(gates, DataType.DOUBLE, WorkspaceMode.ENABLED);
            assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                    .net(network)
                    .input(inputs(DataType.DOUBLE, 6))
                    .labels(labels(DataType.DOUBLE, 6))));
        } finally {
            Nd4j.setDefaultDataTypes(before, before);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void savedRestoredAndClonedNetworksAnswerTheSame(GateLayer gates) throws IOException {
        MultiLayerNetwork network = network(gates, DataType.FLOAT, WorkspaceMode.ENABLED);
        INDArray x = inputs(DataType.FLOAT, 4);
        float[] answers = network.output(x).dup().data().asFloat();
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, saved, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()));
        assertArrayEquals(answers, restored.output(x).dup().data().asFloat());
        assertArrayEquals(answers, network.clone().output(x).dup().data().asFloat());
        assertEquals(
                network.getLayerWiseConfigurations(),
                MultiLayerConfiguration.fromJson(
                        network.getLayerWiseConfigurations().toJson()));
    }

    @ParameterizedTest
    @EnumSource(WorkspaceMode.class)
    void scoreIsTheSameInEveryWorkspaceMode(WorkspaceMode mode) {
        DataSet rows = new DataSet(inputs(DataType.FLOAT, 4), labels(DataType.FLOAT, 4));
        GateLayer gates = oneEach(new Gaussian(0.5), Reduction.SUM);
        double reference = network(gates, DataType.FLOAT, WorkspaceMode.NONE).score(rows, true);
        assertEquals(reference, network(gates, DataType.FLOAT, mode).score(rows, true));
    }

    @Test
    void noiseIsThatOfStreamAndIterationAndAbsentAtInference() {
        MultiLayerNetwork network =
                network(oneEach(new Gaussian(0.5), Reduction.SUM), DataType.FLOAT, WorkspaceMode.NONE);
        INDArray x = inputs(DataType.FLOAT, 4);
        float[] first = network.output(x, true).dup().data().asFloat();
        assertArrayEquals(first, network.output(x, true).dup().data().asFloat());
        ((Noisy) network.getLayer(0)).noise(Noise.of(99));
        assertNotEquals(first[0], network.output(x, true).dup().data().asFloat()[0]);
        float[] quiet = network.output(x, false).dup().data().asFloat();
        ((Noisy) network.getLayer(0)).noise(Noise.of(100));
        assertArrayEquals(quiet, network.output(x, false).dup().data().asFloat());
    }

    @Test
    void penaltyDoesNotDependOnTheBatchSize() {
        MultiLayerNetwork network =
                network(oneEach(new Gaussian(0.5), Reduction.SUM), DataType.DOUBLE, WorkspaceMode.NONE);
        double penalty = network.getLayer(0).calcRegularizationScore(true);
        network.setInputMiniBatchSize(64);
        assertEquals(penalty, network.getLayer(0).calcRegularizationScore(true));
        assertEquals(INPUTS * 0.3 * 0.8413447460685429, penalty, 1e-6);
    }

    @Test
    void initialGatesAreHalfOpen() {
        for (GateDistribution distribution : new GateDistribution[] {new Gaussian(0.5), new BinaryConcrete()}) {
            MultiLayerNetwork network =
                    network(oneEach(distribution, Reduction.SUM), DataType.DOUBLE, WorkspaceMode.NONE);
            assertArrayEquals(
                    new double[] {0.5, 0.5, 0.5, 0.5, 0.5}, ((Gated) network.getLayer(0)).rawGateValues(), 1e-7);
        }
    }

    @Test
    void unequalConfigurationsDiffer() {
        assertNotEquals(oneEach(new Gaussian(0.5), Reduction.SUM), oneEach(new Gaussian(0.25), Reduction.SUM));
        assertFalse(oneEach(new Gaussian(0.5), Reduction.SUM).equals(oneEach(new Gaussian(0.5), Reduction.MEAN)));
    }

    @Test
    void refusesWhatItCannotKeep() {
        assertThrows(IllegalArgumentException.class, () -> oneEach(new Sigmoid(1), Reduction.SUM));
        assertThrows(
                IllegalArgumentException.class,
                () -> GateLayer.of(new Gaussian(0.5), 3, new long[] {2}, new int[] {0, 3}, 0.1, Reduction.SUM));
    }
}
