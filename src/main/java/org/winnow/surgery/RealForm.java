package org.winnow.surgery;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.activation.ComplexToReal;
import org.winnow.activation.RealToComplex;
import org.winnow.kernel.Elements;
import org.winnow.layer.FunctionLayer;
import org.winnow.layer.SparseLayer;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.Params;

/**
 * Real networks that answer as complex ones. A complex number is its two parts, as {@code Features} has them, and a weight
 * a + ib between complex numbers the matrix {@code [[a, -b], [b, a]]} between their parts. A layer right after
 * {@link RealToComplex} takes real numbers, one right before the real part of {@link ComplexToReal} gives them, and those
 * two are gone. Complex layers become dense ones with their masks multiplied in.
 */
final class RealForm {
    private final MultiLayerNetwork network;
    private final NamedLayers named;
    private final Map<String, List<Layer>> changed = new HashMap<>();
    private final Map<String, Params> arrays = new HashMap<>();

    private RealForm(MultiLayerNetwork network) {
        this.network = network;
        named = NetworkLayers.of(network);
    }

    /** The real form of a network; the network itself if no layer of it is linear or a convolution of complex numbers. */
    static MultiLayerNetwork of(MultiLayerNetwork network) {
        return new RealForm(network).made();
    }

    private MultiLayerNetwork made() {
        for (int i = 0; i < network.getnLayers(); i++) {
            if (layer(i) instanceof SparseLayer sparse && isComplex(sparse.operator())) {
                change(i, sparse);
            }
        }
        if (changed.isEmpty()) {
            return network;
        }
        MultiLayerNetwork made = NetworkRewrite.reshaped(
                network, layer -> changed.getOrDefault(layer.getLayerName(), List.of(layer)), UnaryOperator.identity());
        NetworkLayers.of(made).load(named.state().with(State.of(arrays)), false);
        return made;
    }

    private Layer layer(int index) {
        return network.getLayer(index).conf().getLayer();
    }

    private static boolean isComplex(Operator op) {
        return op instanceof ComplexOperator complex
                && (complex.base() instanceof Linear
                        || (complex.base() instanceof Convolution convolution && convolution.groups() == 1));
    }

    private void change(int index, SparseLayer from) {
        Operator base = ((ComplexOperator) from.operator()).base();
        boolean afterReal = isFunction(index - 1, true);
        boolean beforeReal = isFunction(index + 1, false);
        if (afterReal) {
            changed.put(layer(index - 1).getLayerName(), List.of());
        }
        if (beforeReal) {
            changed.put(layer(index + 1).getLayerName(), List.of());
        }
        Parts parts = new Parts(base, afterReal ? 1 : 2, beforeReal ? 1 : 2);
        SparseLayer real = new SparseLayer.Builder(parts.operator(), new Dense())
                .name(from.getLayerName())
                .bias(from.hasBias())
                .activation(from.getActivationFn())
                .build();
        StockLayers.carrySettings(from, real);
        changed.put(from.getLayerName(), List.of(real));
        arrays.put(from.getLayerName(), parts.of(Chain.params(from.getLayerName(), named.layer(from.getLayerName()))));
    }

    private boolean isFunction(int index, boolean toComplex) {
        return index >= 0
                && index < network.getnLayers()
                && layer(index) instanceof FunctionLayer layer
                && (toComplex
                        ? layer.function() instanceof RealToComplex
                        : layer.function() instanceof ComplexToReal real && real.part() == ComplexToReal.Part.REAL);
    }

    /**
     * Arrays of a complex layer as those of a real one.
     *
     * @param base its operator on one part
     * @param inputs parts of an input: both, or the real one alone
     * @param outputs parts of an output
     */
    private record Parts(Operator base, int inputs, int outputs) {
        Operator operator() {
            int in = inputs * base.input().numbers();
            int out = outputs * base.output().numbers();
            return base instanceof Convolution convolution
                    ? new Convolution(in, out, 1, convolution.windows())
                    : new Linear(in, out);
        }

        Params of(Params complex) {
            Params real = Params.of(Params.WEIGHT, weight(complex.get(Params.WEIGHT)));
            if (!complex.has(Params.BIAS)) {
                return real;
            }
            INDArray bias = complex.get(Params.BIAS);
            double[] numbers = Elements.read(bias);
            int width = outputs * base.output().numbers();
            return real.with(Params.BIAS, Elements.write(Arrays.copyOf(numbers, width), bias.dataType(), width));
        }

        /** {@code [2, out, in, taps...]} to {@code [outputs * out, inputs * in, taps...]}. */
        private INDArray weight(INDArray complex) {
            double[] from = Elements.read(complex);
            int half = from.length / 2;
            int out = base.output().numbers();
            int row = half / out;
            double[] to = new double[outputs * inputs * half];
            int next = 0;
            for (int ofOutput = 0; ofOutput < outputs; ofOutput++) {
                for (int output = 0; output < out; output++) {
                    for (int ofInput = 0; ofInput < inputs; ofInput++) {
                        int ofWeight = ofOutput ^ ofInput;
                        int sign = ofInput == 1 && ofOutput == 0 ? -1 : 1;
                        for (int i = 0; i < row; i++) {
                            to[next++] = sign * from[ofWeight * half + output * row + i];
                        }
                    }
                }
            }
            return Elements.write(to, complex.dataType(), operator().weightShape());
        }
    }
}
