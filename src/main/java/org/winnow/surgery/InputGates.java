package org.winnow.surgery;

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
        MultiLayerNetwork from = NetworkStates.restore(gated);
        MultiLayerNetwork to = NetworkStates.restore(plain);
        for (int layer = 0; layer < to.getnLayers(); layer++) {
            Map<String, INDArray> learned = from.getLayer(layer + 1).paramTable();
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
