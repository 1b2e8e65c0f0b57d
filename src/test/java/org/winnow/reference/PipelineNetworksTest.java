package org.winnow.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Elements;
import org.winnow.layer.SparseLayer;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Sparsity;
import org.winnow.sparsifier.Variational;
import org.winnow.surgery.Binarized;
import org.winnow.surgery.Masks;
import org.winnow.surgery.NamedLayers;
import org.winnow.surgery.NetworkLayers;
import org.winnow.surgery.State;

/** The family {@code cplxmodule-pipeline} through networks of DL4J: dense, sparsifying, masked, with gradients. */
class PipelineNetworksTest {
    private static final double TOLERANCE = 1e-9;

    static List<ReferenceCase> cases() throws IOException {
        Path file = Path.of("src/test/resources/reference/cplxmodule-pipeline.json");
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        List<ReferenceCase> cases = new ArrayList<>();
        root.path("cases").forEach(node -> cases.add(new ReferenceCase("pipeline", node)));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void networksHandOnWhatTheReferenceDoes(ReferenceCase reference) {
        MultiLayerNetwork dense = network(reference, new Dense());
        NetworkLayers.of(dense).load(state(reference, "extra", "dense_state"), true);
        INDArray x = features(reference, "inputs", "x");
        close(features(reference, "extra", "dense_y", "y"), dense.output(x));

        MultiLayerNetwork network =
                Masks.replace(dense, layer -> sparsifier(reference)).network();
        NamedLayers sparse = NetworkLayers.of(network);
        sparse.load(state(reference, "extra", "sparse_state"), true);
        close(features(reference, "extra", "sparse_eval_y", "y"), network.output(x));
        sparse.penalties(Reduction.SUM, 0)
                .forEach((name, sum) -> assertEquals(
                        reference.number("extra", "named_penalties", "sum", name), sum, TOLERANCE * (1 + sum)));
        for (int i = 0; i < reference.count("extra", "stages"); i++) {
            stage(reference, String.valueOf(i), network);
        }
    }

    private static void stage(ReferenceCase reference, String stage, MultiLayerNetwork network) {
        NamedLayers sparse = NetworkLayers.of(network);
        boolean threshold = reference.has("extra", "stages", stage, "kwargs", "threshold");
        State decided = threshold
                ? sparse.relevance(reference.number("extra", "stages", stage, "kwargs", "threshold"))
                : reference.flag("extra", "stages", stage, "kwargs", "hard")
                        ? sparse.relevance(0)
                        : sparse.gateValues();
        assertEquals(
                reference.number("extra", "stages", stage, "sparse_sparsity"),
                Sparsity.total(sparse.sparsity(decided).values()).share(),
                TOLERANCE);
        state(reference, "extra", "stages", stage, "binarized_state")
                .arrays()
                .forEach((name, array) -> close(
                        array, Binarized.of(sparse.state(), decided).state().get(name)));

        MultiLayerNetwork masked = Masks.deploy(network, decided).network();
        INDArray x = features(reference, "inputs", "x");
        masked.setInput(x);
        List<INDArray> activations = masked.feedForward(true, false);
        close(features(reference, "extra", "stages", stage, "outputs", "y"), activations.get(activations.size() - 1));
        Pair<Gradient, INDArray> gradients =
                masked.backpropGradient(features(reference, "extra", "stages", stage, "cotangent"), null);
        close(features(reference, "extra", "stages", stage, "grads", "x"), gradients.getSecond());
        Map<String, INDArray> byName = gradients.getFirst().gradientForVariable();
        close(
                tensor(reference, "extra", "stages", stage, "grads", "fc1.weight"),
                Objects.requireNonNull(byName.get("0_weight")));
        close(
                tensor(reference, "extra", "stages", stage, "grads", "fc1.bias"),
                Objects.requireNonNull(byName.get("0_bias")));
        close(
                tensor(reference, "extra", "stages", stage, "grads", "fc2.weight"),
                Objects.requireNonNull(byName.get("1_weight")));
    }

    private static MultiLayerNetwork network(ReferenceCase reference, Sparsifier sparsifier) {
        int hidden = (int) reference.number("config", "hidden");
        Operator first = operator(reference, (int) reference.number("config", "in_features"), hidden);
        Operator second = operator(reference, hidden, (int) reference.number("config", "out_features"));
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new SparseLayer.Builder(first, sparsifier)
                        .name("fc1")
                        .bias(reference.flag("config", "fc1_bias"))
                        .activation(Activation.RELU)
                        .build())
                .layer(new SparseLayer.Builder(second, sparsifier)
                        .name("fc2")
                        .bias(reference.flag("config", "fc2_bias"))
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        return network;
    }

    private static Operator operator(ReferenceCase reference, int in, int out) {
        Linear linear = new Linear(in, out);
        return complex(reference) ? new ComplexOperator(linear) : linear;
    }

    private static boolean complex(ReferenceCase reference) {
        return reference.text("config", "dense").startsWith("Cplx");
    }

    private static Sparsifier sparsifier(ReferenceCase reference) {
        String layer = reference.text("config", "sparse");
        return switch (layer) {
            case "LinearL0" -> GatedWeights.l0(new MaskOptions());
            case "LinearLASSO" -> new Lasso();
            default -> new Variational(VariationalCases.divergence(layer));
        };
    }

    /** A state under our names: complex tensors in one, L0 gates with our sign. */
    private static State state(ReferenceCase reference, String... path) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (String theirs : reference.names(path)) {
            String name = theirs.replace(".real", "").replace(".imag", "");
            INDArray array = tensor(reference, with(path, path.length, name));
            boolean gate = name.endsWith("log_alpha");
            String ours = name.replace("log_alpha", "gate").replace("log_sigma2", Variational.LOG_SIGMA2);
            arrays.put(ours, gate ? array.neg() : array);
        }
        return new State(arrays);
    }

    /** A tensor, or real and imaginary part in one: of weights on an axis in front, of biases in a row. */
    private static INDArray tensor(ReferenceCase reference, String... path) {
        int last = path.length - 1;
        if (reference.has(path)) {
            return reference.tensor(path).array(Precision.FLOAT64);
        }
        INDArray real = reference.tensor(with(path, last, path[last] + ".real")).array(Precision.FLOAT64);
        INDArray imaginary =
                reference.tensor(with(path, last, path[last] + ".imag")).array(Precision.FLOAT64);
        return path[last].endsWith("bias") ? Nd4j.concat(0, real, imaginary) : Nd4j.stack(0, real, imaginary);
    }

    private static INDArray features(ReferenceCase reference, String... path) {
        if (reference.has(path)) {
            return reference.tensor(path).array(Precision.FLOAT64);
        }
        INDArray parts = tensor(reference, path);
        return Nd4j.concat(1, parts.slice(0), parts.slice(1));
    }

    private static String[] with(String[] path, int at, String last) {
        String[] full = Arrays.copyOf(path, at + 1);
        full[at] = last;
        return full;
    }

    private static void close(INDArray want, INDArray got) {
        assertArrayEquals(Elements.read(want), Elements.read(got), TOLERANCE * 10);
    }
}
