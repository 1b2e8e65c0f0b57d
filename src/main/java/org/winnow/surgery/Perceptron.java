package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.Check;

/**
 * A network of dense layers as plain numbers. To build the network costs more than what is done here.
 *
 * @param widths of the inputs and of every layer's outputs
 * @param parameters in DL4J's order: of every layer the weights, all of a unit side by side, then the biases
 */
public record Perceptron(List<Integer> widths, float[] parameters) {
    public Perceptron {
        long expected = 0;
        for (int layer = 1; layer < widths.size(); layer++) {
            expected += (widths.get(layer - 1) + 1L) * widths.get(layer);
        }
        Check.that(parameters.length == expected, "parameters", expected + " of layers " + widths, parameters.length);
    }

    /** The same network where it sees only some of its inputs. */
    public Perceptron narrow(int... inputs) {
        int from = widths.get(0);
        int units = widths.get(1);
        int rest = parameters.length - from * units;
        float[] kept = new float[inputs.length * units + rest];
        for (int unit = 0; unit < units; unit++) {
            for (int i = 0; i < inputs.length; i++) {
                kept[unit * inputs.length + i] = parameters[unit * from + inputs[i]];
            }
        }
        System.arraycopy(parameters, from * units, kept, inputs.length * units, rest);
        List<Integer> narrower = new ArrayList<>(widths);
        narrower.set(0, inputs.length);
        return new Perceptron(narrower, kept);
    }

    /**
     * How much the network makes of each input: over the units of the first layer the sum of squared weight times the squared
     * weights that lead on from the unit. That is what noise on the input does to the layer after next.
     */
    public double[] importance() {
        INDArray first = weights(1, 0);
        INDArray squares = first.mul(first);
        if (widths.size() == 2) {
            return squares.sum(1).toDoubleVector();
        }
        INDArray second = weights(2, (widths.get(0) + 1) * widths.get(1));
        return squares.mmul(second.mul(second).sum(true, 1))
                .reshape(squares.size(0))
                .toDoubleVector();
    }

    private INDArray weights(int layer, int from) {
        int in = widths.get(layer - 1);
        int out = widths.get(layer);
        return Nd4j.create(Arrays.copyOfRange(parameters, from, from + in * out), new long[] {in, out}, 'f');
    }
}
