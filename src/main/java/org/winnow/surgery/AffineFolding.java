package org.winnow.surgery;

import org.nd4j.linalg.api.buffer.DataType;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Params;

/**
 * The weight and bias of {@code y = f(x; W) + b} while what scales and shifts {@code x} or {@code y} is taken into them:
 * {@code f(a x + c; W) + b = f(x; W a) + b + f(c; W)}, and {@code a (f(x; W) + b) + c = f(x; a W) + a b + c}.
 */
final class AffineFolding {
    private final String layer;
    private final Operator op;
    private final int inputs;
    private final int outputs;
    private final int taps;
    private final double[] weight;
    private final double[] bias;

    /**
     * Copies the arrays of a layer.
     *
     * @param op linear, or a convolution of one group
     */
    AffineFolding(String layer, Operator op, Params params) {
        this.layer = layer;
        this.op = op;
        boolean grouped = op instanceof Convolution convolution && convolution.groups() > 1;
        Check.that(
                !grouped && (op instanceof Linear || op instanceof Convolution),
                "layer " + layer,
                "linear, or a convolution of one group",
                op);
        inputs = op.input().numbers();
        outputs = op.output().numbers();
        weight = Elements.read(params.get(Params.WEIGHT));
        taps = weight.length / (inputs * outputs);
        bias = params.has(Params.BIAS) ? Elements.read(params.get(Params.BIAS)) : new double[outputs];
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    /** Takes in {@code a y + c}. */
    void outputs(double[] a, double[] c) {
        int size = inputs * taps;
        for (int output = 0; output < outputs; output++) {
            for (int i = output * size; i < (output + 1) * size; i++) {
                weight[i] *= a[output];
            }
            bias[output] = a[output] * bias[output] + c[output];
        }
    }

    /**
     * Takes in {@code a x + c}.
     *
     * @throws IllegalArgumentException if the layer pads {@code x} with zeros, and {@code c} is not 0
     */
    void inputs(double[] a, double[] c) {
        boolean padded = op instanceof Convolution convolution
                && convolution.windows().stream().anyMatch(window -> window.padding() > 0);
        for (int input = 0; input < inputs; input++) {
            Check.that(!padded || c[input] == 0, "layer " + layer, "without padding", "one that pads with zeros");
            for (int output = 0; output < outputs; output++) {
                int from = (output * inputs + input) * taps;
                for (int i = from; i < from + taps; i++) {
                    bias[output] += weight[i] * c[input];
                    weight[i] *= a[input];
                }
            }
        }
    }

    /** Weight and bias as they are now. */
    Params params(DataType type) {
        return Params.of(Params.WEIGHT, Elements.write(weight, type, op.weightShape()))
                .with(Params.BIAS, Elements.write(bias, type, bias.length));
    }
}
