package org.winnow.gate;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Rows;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;

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
        boolean shared = distribution.noise() == NoiseKind.NONE;
        boolean normal = distribution.noise() == NoiseKind.NORMAL;
        return draw(parameters, shared ? 1 : examples, shared, (at, p) -> {
            Strip noise = shared ? at.blank() : at.blank().noise(stream, normal, at.from());
            return distribution.sample(at, p, noise);
        });
    }

    /** Gates for training from given noise, {@code [examples, gates]} in row-major order; empty if they need none. */
    public GateDraw sample(INDArray parameters, double... noise) {
        boolean shared = distribution.noise() == NoiseKind.NONE;
        boolean fits = shared ? noise.length == 0 : noise.length > 0 && noise.length % groups.gates() == 0;
        Check.that(fits, "noise", "one " + distribution.noise() + " row of gates an example", noise.length + " values");
        if (shared) {
            return draw(parameters, 1, true, (at, p) -> distribution.sample(at, p, at.blank()));
        }
        INDArray given = Elements.write(noise, parameters.dataType(), noise.length);
        return draw(
                parameters,
                noise.length / groups.gates(),
                false,
                (at, p) -> distribution.sample(at, p, at.read(given)));
    }

    /** The noise-free gates, as used after training: one row for all examples. */
    public GateDraw mean(INDArray parameters) {
        return draw(parameters, 1, true, distribution::mean);
    }

    private GateDraw draw(INDArray parameters, int rows, boolean shared, BiFunction<Strips, Strip, Drawn> gates) {
        requireOneEach(parameters);
        INDArray values = Arena.array(parameters.dataType(), rows, groups.gates());
        INDArray slopes = Arena.like(values);
        for (Strips at = Strips.over(values); at.next(); ) {
            Drawn drawn = gates.apply(at, at.read(parameters)).clamped(at);
            at.write(values, drawn.value());
            at.write(slopes, drawn.slope());
        }
        return new GateDraw(values, slopes, shared);
    }

    /** {@code y = x * gate}, in the type and shape of x. */
    public INDArray forward(INDArray x, GateDraw draw) {
        INDArray gates = ofElements(draw.values(), x, draw);
        INDArray y = Arena.like(x);
        for (Strips at = Strips.over(y); at.next(); ) {
            at.write(y, at.read(x).mul(at.read(gates)));
        }
        return y;
    }

    /** {@code dL/dx}, given {@code dL/dy}: the map is its own transpose. */
    public INDArray inputGradient(INDArray dy, GateDraw draw) {
        return forward(dy, draw);
    }

    /** {@code dL/dparameters} without the penalty, given {@code dL/dy}: of shape {@code [gates]}. */
    public INDArray parameterGradient(INDArray x, INDArray dy, GateDraw draw) {
        Check.that(
                Arrays.equals(x.shape(), dy.shape()),
                "dy",
                "of the input's shape " + Arrays.toString(x.shape()),
                "shape " + Arrays.toString(dy.shape()));
        INDArray slopes = ofElements(draw.slopes(), x, draw);
        int elements = Math.toIntExact(x.length() / x.size(0));
        return groups.sumOfElements(Rows.sumOfProducts(elements, x, dy, slopes), x.shape());
    }

    /** From one number for each gate to one for each element: the same array where every element has its own gate. */
    private INDArray ofElements(INDArray perGate, INDArray x, GateDraw draw) {
        int[] gateOf = groups.ofElements(x.shape());
        boolean fits = draw.fits(Math.toIntExact(x.size(0)), groups.gates());
        Check.that(fits, "draw", "of this input's examples and gates", draw.toString());
        if (groups.isOneEach()) {
            return perGate;
        }
        double[] from = Elements.read(perGate);
        int rows = (int) perGate.size(0);
        double[] into = new double[rows * gateOf.length];
        for (int row = 0, at = 0; row < rows; row++) {
            for (int gate : gateOf) {
                into[at++] = from[row * groups.gates() + gate];
            }
        }
        return Elements.write(into, perGate.dataType(), rows, gateOf.length);
    }

    /** What the gates add to the loss: the regWeight times the sum or mean of active probabilities. */
    public double penalty(INDArray parameters) {
        return penaltyWithGradient(parameters, Arena.like(parameters));
    }

    /** The unreduced penalty, regWeight times the active probabilities, whatever the reduction. */
    public INDArray penalties(INDArray parameters) {
        return each(parameters, p -> regWeight * distribution.activeProbability(p));
    }

    /** The gradient of {@link #penalty}, in the shape of the parameters. */
    public INDArray penaltyGradient(INDArray parameters) {
        INDArray gradient = Arena.like(parameters);
        penaltyWithGradient(parameters, gradient);
        return gradient;
    }

    /** {@link #penalty}, and sets an array to its gradient. */
    public double penaltyWithGradient(INDArray parameters, INDArray gradient) {
        double scale = regWeight * reduction.share(groups.gates());
        requireOneEach(parameters);
        double sum = 0;
        for (Strips at = Strips.over(parameters); at.next(); ) {
            Drawn active = distribution.active(at, at.read(parameters));
            sum += at.sum(active.value());
            at.write(gradient, active.slope().mul(scale));
        }
        return scale * sum;
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
        requireOneEach(parameters);
        return Elements.map(parameters, function);
    }

    private void requireOneEach(INDArray parameters) {
        Check.that(
                parameters.length() == groups.gates(),
                "parameters",
                "one for each of " + groups.gates() + " gates",
                parameters.length());
    }
}
