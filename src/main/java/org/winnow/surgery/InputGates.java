package org.winnow.surgery;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;

/** Takes gates off a network's inputs, together with the inputs that they closed. */
public final class InputGates {
    private InputGates() {}

    /**
     * Carries what a gated network has learned to one without gates that sees some of its inputs. Gates become factors
     * of the first weights, so that both give the same answers where the inputs left out had closed gates.
     *
     * @param gated a gate layer, then dense layers
     * @param plain the same dense layers, the first as wide as {@code inputs} is long
     * @param inputs the inputs that {@code plain} sees, by their index in {@code gated}
     * @param gateOfInput the gate's value for every input of {@code gated}
     */
    public static NetworkState remove(NetworkState gated, NetworkState plain, int[] inputs, double[] gateOfInput) {
        return carry(gated, 1, plain, inputs, gateOfInput);
    }

    /**
     * Carries what a network of dense layers has learned to one that sees some of its inputs.
     *
     * @param inputs the inputs that {@code narrow} sees, by their index in {@code wide}
     */
    public static NetworkState narrow(NetworkState wide, NetworkState narrow, int[] inputs) {
        double[] open = new double[NetworkStates.inputs(wide)];
        Arrays.fill(open, 1);
        return carry(wide, 0, narrow, inputs, open);
    }

    /**
     * How much a network of dense layers makes of each input: over the units of the first layer the sum of squared weight
     * times the squared weights that lead on from the unit. That is what noise on the input does to the layer after next.
     */
    public static double[] importance(NetworkState network) {
        MultiLayerNetwork layers = NetworkStates.restore(network);
        INDArray first = layers.getLayer(0).getParam(DefaultParamInitializer.WEIGHT_KEY);
        INDArray squares = first.mul(first);
        if (layers.getnLayers() == 1) {
            return squares.sum(1).toDoubleVector();
        }
        INDArray second = layers.getLayer(1).getParam(DefaultParamInitializer.WEIGHT_KEY);
        return squares.mmul(second.mul(second).sum(true, 1))
                .reshape(squares.size(0))
                .toDoubleVector();
    }

    private static NetworkState carry(
            NetworkState wide, int gates, NetworkState plain, int[] inputs, double[] gateOfInput) {
        MultiLayerNetwork from = NetworkStates.restore(wide);
        MultiLayerNetwork to = NetworkStates.restore(plain);
        for (int layer = 0; layer < to.getnLayers(); layer++) {
            Map<String, INDArray> learned = from.getLayer(layer + gates).paramTable();
            for (Map.Entry<String, INDArray> parameter :
                    to.getLayer(layer).paramTable().entrySet()) {
                boolean first = layer == 0 && parameter.getKey().equals(DefaultParamInitializer.WEIGHT_KEY);
                INDArray value = learned.get(parameter.getKey());
                parameter.getValue().assign(first ? rows(value, inputs, gateOfInput) : value);
            }
        }
        return NetworkStates.of(to);
    }

    private static INDArray rows(INDArray weight, int[] inputs, double[] gateOfInput) {
        int units = Math.toIntExact(weight.size(1));
        double[] all = Elements.read(weight);
        double[] kept = new double[inputs.length * units];
        for (int row = 0; row < inputs.length; row++) {
            double gate = rounded(gateOfInput[inputs[row]], weight.dataType());
            for (int unit = 0; unit < units; unit++) {
                kept[row * units + unit] = all[inputs[row] * units + unit] * gate;
            }
        }
        return Elements.write(kept, weight.dataType(), inputs.length, units);
    }

    /** As ND4J rounds a factor of numbers of a type; a product of two floats is exact before it is rounded. */
    private static double rounded(double factor, DataType type) {
        return type == DataType.FLOAT ? (float) factor : factor;
    }
}
