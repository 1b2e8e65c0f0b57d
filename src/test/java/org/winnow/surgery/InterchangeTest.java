package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.UserError;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Elements;
import org.winnow.layer.GateLayer;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Linear;
import org.winnow.operator.Unit;
import org.winnow.safetensors.Safetensors;
import org.winnow.safetensors.Tensor;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Variational;

class InterchangeTest {
    private static final Map<String, String> MODULES = Map.of("fc1", "0", "fc2", "2.inner");
    private static final MaskOptions BOTH = new MaskOptions(Unit.NEURON, true);

    private static NamedLayers layers(Sparsifier sparsifier, boolean complex) {
        Linear linear = new Linear(3, 2);
        var op = complex ? new ComplexOperator(linear) : linear;
        Map<String, NamedLayers.Layer> layers = new LinkedHashMap<>();
        for (String name : List.of("fc1", "fc2")) {
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            sparsifier.params(op, true).forEach(spec -> {
                INDArray drawn =
                        StockNetworks.normal(name.hashCode() + spec.name().hashCode(), spec.shape());
                arrays.put(spec.name(), spec.name().endsWith("ask") ? Elements.map(drawn, x -> x > 0 ? 1 : 0) : drawn);
            });
            layers.put(name, new NamedLayers.Layer(op, sparsifier, new Params(arrays)));
        }
        return new NamedLayers(layers);
    }

    private record Case(Dialect dialect, NamedLayers layers, List<String> names) {}

    static List<Case> cases() {
        return List.of(
                new Case(Dialect.PYTORCH, layers(new Dense(), false), List.of("weight", "bias")),
                new Case(Dialect.CPLXMODULE, layers(new Variational(), false), List.of("weight", "bias", "log_sigma2")),
                new Case(
                        Dialect.CPLXMODULE,
                        layers(new Variational(Divergence.COMPLEX_VD, -4), true),
                        List.of("weight.real", "weight.imag", "bias.real", "bias.imag", "log_sigma2")),
                new Case(
                        Dialect.CPLXMODULE,
                        layers(new FixedMask(), true),
                        List.of("weight.real", "weight.imag", "bias.real", "bias.imag", "mask")),
                new Case(
                        Dialect.CPLXMODULE,
                        layers(GatedWeights.l0(new MaskOptions()), false),
                        List.of("weight", "bias", "log_alpha")),
                new Case(
                        Dialect.NEUROSURGEON,
                        layers(GatedWeights.hardConcrete(0.5, BOTH), false),
                        List.of("weight", "bias", "weight_mask_params", "bias_mask_params")),
                new Case(
                        Dialect.NEUROSURGEON,
                        layers(new FixedMask(BOTH), false),
                        List.of("weight", "bias", "weight_mask_params", "bias_mask_params")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsWrittenLoadsStrictly(Case given) {
        Interchange interchange = new Interchange(given.dialect, MODULES);
        Safetensors file = interchange.write(given.layers);
        for (String module : MODULES.values()) {
            for (String name : given.names) {
                assertTrue(file.tensors().containsKey(module + "." + name), name + " of " + file.tensors());
            }
        }
        assertEquals(2 * given.names.size(), file.tensors().size());
        Map<String, double[]> want = new LinkedHashMap<>();
        given.layers.state().arrays().forEach((name, array) -> {
            want.put(name, Elements.read(array));
            array.assign(0);
        });
        Loaded loaded = interchange.load(file, "x", given.layers, true);
        assertEquals(want.keySet(), Set.copyOf(loaded.loaded()));
        want.forEach((name, values) ->
                assertArrayEquals(values, Elements.read(given.layers.state().get(name)), name));
    }

    @Test
    void layoutsAndSignsAreTheirs() {
        NamedLayers complex = layers(new Variational(Divergence.COMPLEX_VD, -4), true);
        Safetensors file = new Interchange(Dialect.CPLXMODULE, Map.of()).write(complex);
        double[] weight = Elements.read(complex.state().get("fc1.weight"));
        assertArrayEquals(new long[] {2, 3}, file.get("fc1.weight.imag").shape());
        assertEquals(weight[6], file.get("fc1.weight.imag").doubles()[0]);
        assertArrayEquals(new long[] {2}, file.get("fc1.bias.real").shape());
        assertArrayEquals(new long[] {2, 3}, file.get("fc1.log_sigma2").shape());

        NamedLayers gates = layers(GatedWeights.l0(new MaskOptions()), false);
        assertEquals(
                -Elements.read(gates.state().get("fc1.gate"))[0],
                new Interchange(Dialect.CPLXMODULE, Map.of())
                        .write(gates)
                        .get("fc1.log_alpha")
                        .doubles()[0]);
    }

    @Test
    void masksWithoutANameAreMultipliedIn() {
        for (boolean complex : new boolean[] {false, true}) {
            NamedLayers masked = layers(new FixedMask(BOTH), complex);
            Safetensors file = new Interchange(Dialect.PYTORCH, Map.of()).write(masked);
            assertEquals(
                    Set.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"),
                    file.tensors().keySet());
            State state = masked.state();
            double[] bias = Elements.read(state.get("fc1.bias"));
            double[] mask = Elements.read(state.get("fc1.biasMask"));
            for (int i = 0; i < bias.length; i++) {
                bias[i] *= mask[i % 2];
            }
            assertArrayEquals(bias, file.get("fc1.bias").doubles());
        }
    }

    @Test
    void gatesOfInputsAreThoseOfCaptum() {
        GateLayer gates = GateLayer.of(new Gaussian(0.5), 3, new long[] {}, new int[] {}, 0.1, Reduction.SUM);
        gates.setLayerName("gates");
        ListBuilder list = StockNetworks.settings()
                .list()
                .layer(gates)
                .layer(StockNetworks.dense("fc1", 2))
                .layer(StockNetworks.output("out", 2));
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.feedForward(3)).build());
        network.init();
        Interchange interchange = new Interchange(Dialect.CAPTUM_GAUSSIAN, Map.of("gates", "stg"));
        Safetensors file = interchange.write(NetworkLayers.of(network));
        assertArrayEquals(new long[] {3}, file.get("stg.mu").shape());
        Safetensors mu = new Safetensors(Map.of("stg.mu", Tensor.of(new double[] {0.25, -1, 2}, 3)));
        Loaded loaded = interchange.load(mu, "x", NetworkLayers.of(network), false);
        assertEquals(List.of("gates.gate"), loaded.loaded());
        assertTrue(loaded.missing().contains("fc1.weight"));
        assertArrayEquals(
                new double[] {0.25, -1, 2}, Elements.read(network.getLayer(0).getParam("gate")));
    }

    @Test
    void aNetworkAnswersAlikeAfterItsArraysTravelled() {
        MultiLayerNetwork network = StockNetworks.images();
        MultiLayerNetwork other = network.clone();
        INDArray x = StockNetworks.inputs(network);
        double[] want = Elements.read(network.output(x));
        Interchange interchange = new Interchange(Dialect.PYTORCH, Map.of());
        Safetensors file = interchange.write(NetworkLayers.of(network));
        other.params().assign(0);
        interchange.load(file, "x", NetworkLayers.of(other), true);
        assertArrayEquals(want, Elements.read(other.output(x)));
    }

    @Test
    void whatDoesNotFitIsSaid() {
        NamedLayers dense = layers(new Dense(), false);
        Interchange interchange = new Interchange(Dialect.PYTORCH, Map.of());
        Safetensors lacking =
                new Safetensors(Map.of("fc1.weight", Tensor.of(new float[6], 2, 3), "z", Tensor.of(new float[1], 1)));
        refused(
                "x has to hold what the layers have: missing [fc1.bias, fc2.weight, fc2.bias], unexpected [z]",
                () -> interchange.load(lacking, "x", dense, true));
        Safetensors turned = new Safetensors(Map.of("fc1.weight", Tensor.of(new float[6], 3, 2)));
        double[] before = Elements.read(dense.state().get("fc1.weight"));
        refused(
                "x: array fc1.weight must be of shape [2, 3], got [3, 2]",
                () -> interchange.load(turned, "x", dense, false));
        assertArrayEquals(before, Elements.read(dense.state().get("fc1.weight")));
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> interchange.write(layers(new Variational(), false)))
                        .getMessage());
        assertEquals("array fc1.logSigma2 must be one that there is in PYTORCH, got logSigma2", message);
    }

    private static void refused(String message, Runnable action) {
        assertEquals(message, assertThrows(UserError.class, action::run).getMessage());
    }
}
