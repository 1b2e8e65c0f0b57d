package org.winnow.surgery;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.kernel.SparseRows;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Params;

/**
 * A layer {@code f(x; W) + b} of a {@link Chain} with copies of its arrays, masks multiplied in. An input or output is a
 * channel of a convolution, or a number of a linear map; taps are the positions of a kernel.
 */
final class Stage {
    private final BaseLayer layer;
    private final Operator operator;
    private final int inputs;
    private final int outputs;
    private final double[] weight;
    private final double[] bias;

    /**
     * A stage.
     *
     * @param operator linear, or a convolution of one group
     * @param params its weight and, if it has one, its bias
     */
    Stage(BaseLayer layer, Operator operator, Params params) {
        this.layer = layer;
        this.operator = operator;
        inputs = operator.input().numbers();
        outputs = operator.output().numbers();
        weight = Elements.read(params.get(Params.WEIGHT));
        bias = params.has(Params.BIAS) ? Elements.read(params.get(Params.BIAS)) : new double[outputs];
    }

    /** Whether a layer with such an operator can be one. */
    static boolean possible(Operator operator) {
        return operator instanceof Linear
                || (operator instanceof Convolution convolution
                        && convolution.groups() == 1
                        && convolution.windows().size() == 2);
    }

    String name() {
        return layer.getLayerName();
    }

    BaseLayer layer() {
        return layer;
    }

    Operator operator() {
        return operator;
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    double bias(int output) {
        return bias[output];
    }

    /** Whether the operator sees zeros beyond the border of its input. */
    boolean padded() {
        return operator instanceof Convolution convolution
                && convolution.windows().stream().anyMatch(window -> window.padding() > 0);
    }

    /** Whether an output has no weight but zeros, so that it is its bias. */
    boolean isConstant(int output) {
        int size = inputs * taps();
        return IntStream.range(output * size, (output + 1) * size).allMatch(i -> weight[i] == 0);
    }

    /** Whether an input has a weight that is not 0. */
    boolean uses(int input) {
        return IntStream.range(0, outputs).anyMatch(output -> usedBy(output, input));
    }

    /** Takes an input that is the same number everywhere into the biases; it is not used afterwards. */
    void fold(int input, double value) {
        for (int output = 0; output < outputs; output++) {
            int from = at(output, input);
            for (int i = from; i < from + taps(); i++) {
                bias[output] += weight[i] * value;
                weight[i] = 0;
            }
        }
    }

    /** Sets all that makes up an output to 0. */
    void silence(int output) {
        int size = inputs * taps();
        Arrays.fill(weight, output * size, (output + 1) * size, 0);
        bias[output] = 0;
    }

    /** Whether the bias has a number that is not 0. */
    boolean hasBias() {
        return Arrays.stream(bias).anyMatch(b -> b != 0);
    }

    /** The weights that are not 0, {@code [outputs, inputs * taps]}. */
    SparseRows sparse() {
        return SparseRows.of(weight, outputs, inputs * taps());
    }

    /** The biases, 0 where there are none. */
    float[] biases() {
        float[] floats = new float[outputs];
        for (int output = 0; output < outputs; output++) {
            floats[output] = (float) bias[output];
        }
        return floats;
    }

    /** The arrays of some inputs and outputs alone, named as those of a layer. */
    State cut(int[] keptInputs, int[] keptOutputs, boolean withBias, DataType type) {
        int taps = taps();
        double[] kept = new double[keptOutputs.length * keptInputs.length * taps];
        int to = 0;
        for (int output : keptOutputs) {
            for (int input : keptInputs) {
                System.arraycopy(weight, at(output, input), kept, to, taps);
                to += taps;
            }
        }
        long[] shape = operator.weightShape();
        shape[0] = keptOutputs.length;
        shape[1] = keptInputs.length;
        INDArray weights = Elements.write(kept, type, shape);
        Params params = Params.of(Params.WEIGHT, weights);
        if (withBias) {
            double[] biases =
                    Arrays.stream(keptOutputs).mapToDouble(o -> bias[o]).toArray();
            params = params.with(Params.BIAS, Elements.write(biases, type, biases.length));
        }
        return State.of(Map.of(name(), params));
    }

    private boolean usedBy(int output, int input) {
        int from = at(output, input);
        return IntStream.range(from, from + taps()).anyMatch(i -> weight[i] != 0);
    }

    private int at(int output, int input) {
        return (output * inputs + input) * taps();
    }

    private int taps() {
        return weight.length / (inputs * outputs);
    }
}
