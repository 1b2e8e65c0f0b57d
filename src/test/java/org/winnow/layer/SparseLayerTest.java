package org.winnow.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.winnow.gate.Reduction;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Annealing;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Variational;

class SparseLayerTest {
    private static final Linear LINEAR = new Linear(4, 2);

    private static MultiLayerNetwork network(Sparsifier sparsifier, IUpdater updater) {
        SparseLayer layer = SparseNetworks.layer(LINEAR, sparsifier).build();
        return SparseNetworks.network(layer, DataType.FLOAT, WorkspaceMode.ENABLED, updater);
    }

    private static DataSet data(int rows) {
        return new DataSet(
                SparseNetworks.inputs(LINEAR, DataType.FLOAT, rows), SparseNetworks.labels(DataType.FLOAT, rows));
    }

    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Sgd(0.1), new Nesterovs(0.1), new Adam(0.01), new AMSGrad(0.01), new RmsProp(0.01), new AdaDelta());
    }

    /** A network saved in the middle of training goes on as the one that was not. */
    @ParameterizedTest
    @MethodSource("updaters")
    void trainsOnAfterBeingSavedWithAnyUpdater(IUpdater updater) throws IOException {
        MultiLayerNetwork network = network(new Variational(), updater);
        network.fit(data(6));
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, saved, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()), true);
        double[] before = network.params().toDoubleVector();
        network.fit(data(6));
        restored.fit(data(6));
        assertFalse(Arrays.equals(before, network.params().toDoubleVector()));
        assertArrayEquals(network.params().toDoubleVector(), restored.params().toDoubleVector());
    }

    @Test
    void firstValuesAreThoseOfSeedAndIndexWhateverTheGlobalGenerator() {
        Nd4j.getRandom().setSeed(1);
        double[] first = weights(7);
        Nd4j.getRandom().setSeed(2);
        assertArrayEquals(first, weights(7));
        assertFalse(Arrays.equals(first, weights(8)));
        assertFalse(Arrays.equals(Arrays.copyOf(first, 4), Arrays.copyOfRange(first, 6, 10)));
    }

    private static double[] weights(long seed) {
        SparseLayer layer = new SparseLayer.Builder(new Linear(2, 2), new Dense()).build();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(layer.clone())
                .layer(layer.clone())
                .build());
        network.init();
        return network.params().toDoubleVector();
    }

    @Test
    void layersOfANetworkDrawNoiseApart() {
        SparseLayer layer = new SparseLayer.Builder(new Linear(3, 3), new Variational())
                .activation(Activation.IDENTITY)
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer.clone())
                .layer(layer.clone())
                .build());
        network.init();
        network.params().assign(0);
        List<INDArray> noise = network.feedForward(Nd4j.ones(DataType.FLOAT, 1, 3), true);
        assertNotEquals(
                noise.get(1).getDouble(0) / noise.get(1).getDouble(1),
                noise.get(2).getDouble(0) / noise.get(2).getDouble(1));
    }

    @Test
    void aTemperatureIsThatOfTheEpochAlsoAfterLoading() {
        Sparsifier annealed = GatedWeights.continuousSparsification(0.3, new Annealing(100, 10), new MaskOptions());
        MultiLayerNetwork network = network(annealed, new NoOp());
        double early = network.score(data(3), true);
        for (int epoch = 0; epoch < 5; epoch++) {
            network.incrementEpochCount();
        }
        double late = network.score(data(3), true);
        assertNotEquals(early, late);
        assertEquals(late, network.clone().score(data(3), true));
    }

    @Test
    void aMeanPenaltyIsThatOfOneElement() {
        SparseLayer.Builder builder = SparseNetworks.layer(LINEAR, new Lasso()).reduction(Reduction.MEAN);
        MultiLayerNetwork mean =
                SparseNetworks.network(builder.build(), DataType.DOUBLE, WorkspaceMode.NONE, new NoOp());
        MultiLayerNetwork sum = SparseNetworks.network(
                builder.reduction(Reduction.SUM).build(), DataType.DOUBLE, WorkspaceMode.NONE, new NoOp());
        assertEquals(sum.calcRegularizationScore(true) / 8, mean.calcRegularizationScore(true), 1e-12);
    }

    /** DL4J's masks of examples: what is masked has no part in outputs and gradients. */
    @Test
    void maskedExamplesDoNotCount() {
        MultiLayerNetwork network = network(new Variational(), new NoOp());
        network.getLayer(SparseNetworks.INDEX).setMaskArray(Nd4j.createFromArray(1f, 0f, 1f));
        INDArray hidden = network.feedForward(data(3).getFeatures(), true).get(SparseNetworks.INDEX + 1);
        assertEquals(0, hidden.getRow(1).norm1Number().doubleValue());
        assertNotEquals(0, hidden.getDouble(0, 0));
    }

    @Test
    void jsonHoldsOnlyWhatBelongsThere() {
        SparseLayer layer = SparseNetworks.layer(LINEAR, new GatedWeights()).build();
        String json =
                new NeuralNetConfiguration.Builder().list().layer(layer).build().toJson();
        assertEquals(layer, MultiLayerConfiguration.fromJson(json).getConf(0).getLayer());
        String foreign = json.replace(Linear.class.getName(), "java.util.ArrayList");
        assertThrows(RuntimeException.class, () -> MultiLayerConfiguration.fromJson(foreign));
        String wrong = json.replace("0.6666666666666666", "-1.0");
        Throwable refused = assertThrows(RuntimeException.class, () -> MultiLayerConfiguration.fromJson(wrong));
        while (refused.getCause() != null) {
            refused = refused.getCause();
        }
        assertTrue(String.valueOf(refused.getMessage()).contains("temperature must be"), refused.getMessage());
    }

    @Test
    void badArgumentsAreNamedAtConstruction() {
        refused("regWeight must be", () -> new SparseLayer.Builder(LINEAR, new Lasso()).regWeight(-1));
        refused(
                "operator must be real",
                () -> new SparseLayer.Builder(new ComplexOperator(LINEAR), new Variational()).build());
        SparseLayer.Builder masked =
                new SparseLayer.Builder(LINEAR, GatedWeights.l0(new MaskOptions(Unit.WEIGHT, true)));
        refused("bias of a mask must be", () -> masked.bias(false).build());
        refused("input of layer fc must be of 4 features", () -> typed(LINEAR, InputType.feedForward(5)));
        refused(
                "format of an input must be channels first",
                () -> typed(new Convolution(4, 2, 1, 1), InputType.convolutional(2, 2, 4, CNN2DFormat.NHWC)));
    }

    private static InputType typed(Operator op, InputType input) {
        SparseLayer layer = new SparseLayer.Builder(op, new Lasso()).name("fc").build();
        return layer.getOutputType(0, input);
    }

    private static void refused(String message, Executable bad) {
        String got =
                String.valueOf(assertThrows(IllegalArgumentException.class, bad).getMessage());
        assertTrue(got.startsWith(message), got);
    }

    @Test
    void weightDecayActsOnWeightsThatLearnAndOnNothingElse() {
        SparseLayer.Builder builder =
                SparseNetworks.layer(LINEAR, new Variational()).l2(0.1);
        SparseLayer layer = builder.build();
        assertEquals(1, layer.getRegularizationByParam(Params.WEIGHT).size());
        assertNull(layer.getRegularizationByParam(Variational.LOG_SIGMA2));
        assertEquals(List.of(), builder.baseFrozen(true).build().getRegularizationByParam(Params.WEIGHT));
    }

    @Test
    void sizesInMemoryAreKnown() {
        MultiLayerConfiguration configuration =
                network(new Variational(), new Adam()).getLayerWiseConfigurations();
        String report = configuration.getMemoryReport(InputType.feedForward(4)).toString();
        assertTrue(report.contains(SparseLayer.class.getSimpleName()), report);
    }

    @Test
    void unequalConfigurationsDiffer() {
        SparseLayer layer = SparseNetworks.layer(LINEAR, new Lasso()).build();
        assertEquals(layer, layer.clone());
        assertNotEquals(layer, layer.with(new Dense()));
        assertNotEquals(
                layer, SparseNetworks.layer(LINEAR, new Lasso()).regWeight(0.1).build());
    }
}
