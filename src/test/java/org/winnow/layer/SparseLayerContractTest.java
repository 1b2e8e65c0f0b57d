package org.winnow.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.winnow.contract.ClassScan;
import org.winnow.contract.Wobble;
import org.winnow.kernel.Noise;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Variational;

/** What every pair of an operator and a sparsifier on the class path does as a layer of DL4J. */
class SparseLayerContractTest {
    private static final int ROWS = 3;
    private static final DataType BEFORE = Nd4j.defaultFloatingPointType();
    private static final List<SparseLayer> PAIRS = found();

    @BeforeAll
    static void checkInDoublePrecision() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterAll
    static void restorePrecision() {
        Nd4j.setDefaultDataTypes(BEFORE, BEFORE);
    }

    /**
     * Every variant of every sparsifier on a real and a complex linear map, and every operator with the first variant of
     * each kind of sparsifier that goes with it.
     */
    static List<SparseLayer> pairs() {
        return PAIRS;
    }

    private static List<SparseLayer> found() {
        List<Operator> linear = List.of(new Linear(4, 2), new ComplexOperator(new Linear(2, 2)));
        List<Sparsifier> sparsifiers = ClassScan.sparsifiers();
        List<SparseLayer> pairs = new ArrayList<>();
        for (Operator op : linear) {
            sparsifiers.forEach(sparsifier -> add(op, sparsifier, pairs));
        }
        for (Operator op : ClassScan.operators()) {
            Set<Class<?>> done = new HashSet<>();
            for (Sparsifier sparsifier : sparsifiers) {
                if (!done.contains(sparsifier.getClass()) && add(op, sparsifier, pairs)) {
                    done.add(sparsifier.getClass());
                }
            }
            assertEquals(kinds(sparsifiers), done, op.toString());
        }
        return pairs;
    }

    /** Adds a pair unless it is refused, as some variants are for some operators, or while training. */
    private static boolean add(Operator op, Sparsifier sparsifier, List<SparseLayer> pairs) {
        try {
            SparseLayer layer = SparseNetworks.layer(op, sparsifier).build();
            network(layer, DataType.DOUBLE, WorkspaceMode.NONE)
                    .output(SparseNetworks.inputs(op, DataType.DOUBLE, ROWS), true);
            return pairs.add(layer);
        } catch (IllegalArgumentException | IllegalStateException e) {
            assertNotEquals("", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static Set<Class<?>> kinds(List<Sparsifier> sparsifiers) {
        return sparsifiers.stream().map(Sparsifier::getClass).collect(Collectors.toSet());
    }

    private static MultiLayerNetwork network(SparseLayer layer, DataType type, WorkspaceMode mode) {
        return SparseNetworks.network(layer, type, mode, new NoOp());
    }

    private static DataSet data(SparseLayer layer, DataType type, int rows) {
        return new DataSet(SparseNetworks.inputs(layer.operator(), type, rows), SparseNetworks.labels(type, rows));
    }

    @Test
    void aMethodThatIsOneFileIsALayer() {
        assertTrue(pairs().stream().anyMatch(layer -> layer.sparsifier() instanceof Wobble));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void gradientIsThatOfTheScorePenaltyIncluded(SparseLayer layer) {
        if (layer.sparsifier() instanceof Variational variational
                && variational.divergence() == Divergence.COMPLEX_VD_BOGUS) {
            return; // Its slope is another function's by definition.
        }
        MultiLayerNetwork network = network(layer, DataType.DOUBLE, WorkspaceMode.ENABLED);
        DataSet data = data(layer, DataType.DOUBLE, ROWS);
        Set<String> fixed = layer.params().stream()
                .filter(spec -> !spec.trainable())
                .map(spec -> SparseNetworks.INDEX + "_" + spec.name())
                .collect(Collectors.toCollection(() -> new HashSet<>(Set.of("2_W", "2_b"))));
        assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net(network)
                .input(data.getFeatures())
                .labels(data.getLabels())
                .excludeParams(fixed)
                .subset(true)
                .maxPerParam(5)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void savedRestoredAndClonedNetworksAnswerTheSame(SparseLayer layer) throws IOException {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            MultiLayerNetwork network = network(layer, type, WorkspaceMode.ENABLED);
            INDArray x = SparseNetworks.inputs(layer.operator(), type, ROWS);
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            ModelSerializer.writeModel(network, saved, true);
            MultiLayerNetwork restored =
                    ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()));
            for (boolean training : new boolean[] {false, true}) {
                double[] answers = answers(network, x, training);
                assertArrayEquals(answers, answers(restored, x, training));
                assertArrayEquals(answers, answers(network.clone(), x, training));
            }
            assertEquals(
                    network.getLayerWiseConfigurations(),
                    MultiLayerConfiguration.fromJson(
                            network.getLayerWiseConfigurations().toJson()));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void trainsAlikeInEveryWorkspaceMode(SparseLayer layer) {
        DataSet data = data(layer, DataType.FLOAT, ROWS);
        Map<WorkspaceMode, double[]> parameters = new EnumMap<>(WorkspaceMode.class);
        for (WorkspaceMode mode : new WorkspaceMode[] {WorkspaceMode.NONE, WorkspaceMode.ENABLED}) {
            MultiLayerNetwork network = SparseNetworks.network(layer, DataType.FLOAT, mode, new Adam(0.01));
            double first = network.score(data, true);
            network.fit(data);
            network.fit(data);
            assertNotEquals(first, network.score(data, true));
            parameters.put(mode, network.params().toDoubleVector());
        }
        assertArrayEquals(parameters.get(WorkspaceMode.NONE), parameters.get(WorkspaceMode.ENABLED));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void noiseIsThatOfStreamAndIterationAndAbsentAtInference(SparseLayer layer) {
        MultiLayerNetwork network = network(layer, DataType.DOUBLE, WorkspaceMode.NONE);
        INDArray x = SparseNetworks.inputs(layer.operator(), DataType.DOUBLE, ROWS);
        double[] noisy = answers(network, x, true);
        assertArrayEquals(noisy, answers(network, x, true));
        double[] quiet = answers(network, x, false);
        ((Noisy) network.getLayer(SparseNetworks.INDEX)).noise(Noise.of(99));
        assertArrayEquals(quiet, answers(network, x, false));
        boolean drawn = !Arrays.equals(noisy, answers(network, x, true));
        network.getLayer(SparseNetworks.INDEX).setIterationCount(5);
        assertEquals(drawn, !Arrays.equals(noisy, answers(network, x, true)));
        assertArrayEquals(quiet, answers(network, x, false));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void penaltyDoesNotDependOnTheBatchSize(SparseLayer layer) {
        MultiLayerNetwork network = network(layer, DataType.DOUBLE, WorkspaceMode.NONE);
        double penalty = network.calcRegularizationScore(true);
        for (int rows : new int[] {1, 5}) {
            network.score(data(layer, DataType.DOUBLE, rows), true);
            assertEquals(penalty, network.calcRegularizationScore(true));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatDoesNotLearnStays(SparseLayer pair) {
        for (boolean frozen : new boolean[] {false, true}) {
            SparseLayer layer = SparseNetworks.layer(pair.operator(), pair.sparsifier())
                    .baseFrozen(frozen)
                    .build();
            MultiLayerNetwork network =
                    SparseNetworks.network(layer, DataType.FLOAT, WorkspaceMode.ENABLED, new Adam(0.01));
            Map<String, INDArray> arrays =
                    network.getLayer(SparseNetworks.INDEX).paramTable();
            Map<String, double[]> before = arrays.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, e -> e.getValue().dup().data().asDouble()));
            network.fit(data(layer, DataType.FLOAT, ROWS));
            for (ParamSpec spec : layer.params()) {
                double[] now = arrays.get(spec.name()).dup().data().asDouble();
                if (!spec.trainable() || (frozen && spec.kind() != ParamSpec.Kind.SPARSIFIER)) {
                    assertArrayEquals(before.get(spec.name()), now, spec.name());
                }
            }
        }
    }

    private static double[] answers(MultiLayerNetwork network, INDArray x, boolean training) {
        return network.output(x, training).dup('c').data().asDouble();
    }
}
