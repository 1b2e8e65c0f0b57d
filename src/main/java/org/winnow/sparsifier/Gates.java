package org.winnow.sparsifier;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.gate.Drawn;
import org.winnow.gate.GateDistribution;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Shapes;
import org.winnow.kernel.Strips;

/**
 * Gates in use.
 *
 * @param values of the gates, in [0, 1] if they are drawn from a distribution
 * @param slopes their derivatives by the parameters; none if they do not depend on parameters
 */
public record Gates(INDArray values, Optional<INDArray> slopes) {
    /** Rounding of a gate's value must not decide ties. */
    private static final double TIE = 1e-12;

    /** Gates that do not learn by gradients. */
    public static Gates fixed(INDArray values) {
        return new Gates(values, Optional.empty());
    }

    /** The noise-free gates of parameters, in their shape. */
    static Gates mean(GateDistribution gates, INDArray parameters) {
        return new Gates(
                Elements.map(parameters, p -> GateDistribution.clamp(gates.mean(p))),
                Optional.of(Elements.map(
                        parameters, p -> GateDistribution.clampSlope(gates.mean(p)) * gates.meanSlope(p))));
    }

    /** Gates with the noise of a name, in a shape that the parameters stretch to. */
    static Gates sampled(GateDistribution gates, INDArray parameters, String noise, Pass pass, long... shape) {
        INDArray stretched =
                Shapes.repeats(parameters, shape) ? parameters : Shapes.stretch(parameters, "parameters", shape);
        Draws.Drawing drawing = gates.noise() == NoiseKind.NONE
                ? Strips::blank
                : pass.drawing(noise, gates.noise(), parameters.dataType(), shape);
        INDArray values = Arena.array(parameters.dataType(), shape);
        INDArray slopes = Arena.like(values);
        for (Strips at = Strips.over(values); at.next(); ) {
            Drawn gate = gates.sample(at, at.read(stretched), drawing.at(at)).clamped(at);
            at.write(values, gate.value());
            at.write(slopes, gate.slope());
        }
        return new Gates(values, Optional.of(slopes));
    }

    /** Whether the noise-free gate of a parameter is above a threshold; a tie is not. */
    static boolean open(GateDistribution gates, double parameter, double threshold) {
        return gates.mean(parameter) - threshold > TIE;
    }
}
