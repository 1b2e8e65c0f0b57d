package org.winnow.sparsifier;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;
import org.winnow.kernel.Views;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/**
 * {@code |w|} of each weight, real or complex.
 *
 * @param weight of the operator
 * @param values in the operator's shape of one number for each weight
 */
record Moduli(INDArray weight, INDArray values) {
    /** Shorter complex numbers have squares that floats cannot tell from 0. */
    private static final double SHORTEST = 1e-18;

    static Moduli of(Operator op, INDArray weight) {
        double[] w = Elements.read(weight);
        int count = op.output().complex() ? w.length / 2 : w.length;
        double[] moduli = new double[count];
        for (int i = 0; i < count; i++) {
            moduli[i] = count == w.length ? Math.abs(w[i]) : Math.hypot(w[i], w[count + i]);
        }
        return new Moduli(weight, Elements.write(moduli, weight.dataType(), op.unitShape(Unit.WEIGHT)));
    }

    /** The weight itself, or the real and the imaginary parts of all weights. */
    static List<INDArray> parts(Operator op, INDArray weight) {
        return op.output().complex() ? List.of(Views.point(weight, 0, 0), Views.point(weight, 0, 1)) : List.of(weight);
    }

    /** {@code |w|} of a strip. */
    static Strip of(Strips at, List<INDArray> parts) {
        if (parts.size() == 1) {
            return at.read(parts.get(0)).abs();
        }
        Strip real = at.read(parts.get(0));
        Strip imaginary = at.read(parts.get(1));
        return real.fma(real, imaginary.mul(imaginary)).sqrt();
    }

    /**
     * Adds {@code dL/dw} from {@code dL/d|w|}, given as a fraction of which both strips are overwritten: along w, and 0 where
     * w is; to nothing if there are no gradients.
     */
    static void addGradient(
            Strips at,
            List<INDArray> parts,
            Strip modulus,
            Strip numerator,
            Strip denominator,
            List<INDArray> gradients) {
        Strip perLength = numerator.div(denominator.mul(modulus.max(SHORTEST)));
        for (int part = 0; part < gradients.size(); part++) {
            INDArray gradient = gradients.get(part);
            at.write(gradient, at.read(parts.get(part)).fma(perLength, at.read(gradient)));
        }
    }

    /** Adds {@code dL/dw} from {@code dL/d|w|}: along w, and 0 where w is. */
    void addGradient(INDArray byModulus, Params grads) {
        if (!grads.has(Params.WEIGHT)) {
            return;
        }
        double[] w = Elements.read(weight);
        double[] modulus = Elements.read(values);
        double[] slope = Elements.read(byModulus);
        for (int i = 0; i < w.length; i++) {
            int at = i % modulus.length;
            w[i] = modulus[at] == 0 ? 0 : slope[at] * (w[i] / modulus[at]);
        }
        grads.add(Params.WEIGHT, Elements.like(weight, w));
    }
}
