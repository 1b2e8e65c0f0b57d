package org.winnow.gate;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

/**
 * A row of gates over the elements of each example: {@code y = x * gate}, with a penalty on open gates. Pure functions:
 * the parameters are an argument, one per gate in any shape; so is the noise; what a backward pass needs again is the
 * {@link GateDraw} of its forward pass. Arrays are float or double, batches are {@code [examples, elements...]}.
 *
 * @param distribution of each gate
 * @param groups which gate an element goes through
 * @param regWeight the weight of the penalty in the loss, at least 0
 * @param reduction how the active probabilities become the penalty
 */
public record StochasticGates(GateDistribution distribution, GateGroups groups, double regWeight, Reduction reduction) {
    public StochasticGates {
        Check.notNegative(regWeight, "regWeight");
    }

    /** Gates for training, one row for each example; the noise of an example is a function of its place in the batch. */
    public GateDraw sample(INDArray parameters, int examples, Noise stream) {
        double[] noise = distribution.noise().draw(stream, Math.multiplyExact(examples, groups.gates()));
        return GateDraw.sample(distribution, read(parameters), noise);
    }

    /** Gates for training from given noise, {@code [examples, gates]} in row-major order; empty if they need none. */
    public GateDraw sample(INDArray parameters, double... noise) {
        boolean fits = distribution.noise() == NoiseKind.NONE
                ? noise.length == 0
                : noise.length > 0 && noise.length % groups.gates() == 0;
        Check.that(fits, "noise", "one " + distribution.noise() + " row of gates an example", noise.length + " values");
        return GateDraw.sample(distribution, read(parameters), noise.clone());
    }

    /** The noise-free gates, as used after training: one row for all examples. */
    public GateDraw mean(INDArray parameters) {
        return GateDraw.mean(distribution, read(parameters));
    }

    /** {@code y = x * gate}, in the type and shape of x. */
    public INDArray forward(INDArray x, GateDraw draw) {
        int[] gateOf = groups.ofElements(x.shape());
        int examples = examples(x, draw);
        double[] values = Elements.read(x);
        for (int example = 0, at = 0; example < examples; example++) {
            for (int gate : gateOf) {
                values[at++] *= draw.gate(example, gate);
            }
        }
        return Elements.like(x, values);
    }

    /** {@code dL/dx}, given {@code dL/dy}: the map is its own transpose. */
    public INDArray inputGradient(INDArray dy, GateDraw draw) {
        return forward(dy, draw);
    }

    /** {@code dL/dparameters} without the penalty, given {@code dL/dy}: of shape {@code [gates]}. */
    public INDArray parameterGradient(INDArray x, INDArray dy, GateDraw draw) {
        int[] gateOf = groups.ofElements(x.shape());
        Check.that(
                Arrays.equals(x.shape(), dy.shape()),
                "dy",
                "of the input's shape " + Arrays.toString(x.shape()),
                "shape " + Arrays.toString(dy.shape()));
        int examples = examples(x, draw);
        double[] in = Elements.read(x);
        double[] out = Elements.read(dy);
        double[] gradient = new double[groups.gates()];
        double[] ofExample = new double[groups.gates()];
        for (int example = 0, at = 0; example < examples; example++) {
            Arrays.fill(ofExample, 0);
            for (int gate : gateOf) {
                ofExample[gate] += in[at] * out[at];
                at++;
            }
            for (int gate = 0; gate < gradient.length; gate++) {
                gradient[gate] += ofExample[gate] * draw.slope(example, gate);
            }
        }
        return Elements.write(gradient, x.dataType(), gradient.length);
    }

    /** What the gates add to the loss: the regWeight times the sum or mean of active probabilities. */
    public double penalty(INDArray parameters) {
        double sum = Arrays.stream(read(parameters))
                .map(distribution::activeProbability)
                .sum();
        return regWeight * reduction.share(groups.gates()) * sum;
    }

    /** The unreduced penalty, regWeight times the active probabilities, whatever the reduction. */
    public INDArray penalties(INDArray parameters) {
        return each(parameters, p -> regWeight * distribution.activeProbability(p));
    }

    /** The gradient of {@link #penalty}, in the shape of the parameters. */
    public INDArray penaltyGradient(INDArray parameters) {
        double scale = regWeight * reduction.share(groups.gates());
        return each(parameters, p -> scale * distribution.activeProbabilitySlope(p));
    }

    /** The noise-free gate values in the shape of the parameters, raw or clamped to [0, 1]. */
    public INDArray values(INDArray parameters, boolean clamped) {
        return each(parameters, p -> clamped ? GateDistribution.clamp(distribution.mean(p)) : distribution.mean(p));
    }

    /** The probabilities that the gates are not closed, in the shape of the parameters. */
    public INDArray activeProbabilities(INDArray parameters) {
        return each(parameters, distribution::activeProbability);
    }

    private INDArray each(INDArray parameters, DoubleUnaryOperator function) {
        return Elements.like(
                parameters, Arrays.stream(read(parameters)).map(function).toArray());
    }

    private double[] read(INDArray parameters) {
        Check.that(
                parameters.length() == groups.gates(),
                "parameters",
                "one for each of " + groups.gates() + " gates",
                parameters.length());
        return Elements.read(parameters);
    }

    private int examples(INDArray x, GateDraw draw) {
        int examples = Math.toIntExact(x.size(0));
        Check.that(draw.fits(examples, groups.gates()), "draw", "of this input's examples and gates", draw.toString());
        return examples;
    }
}
