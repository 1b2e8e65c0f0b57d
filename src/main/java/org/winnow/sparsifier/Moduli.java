package org.winnow.sparsifier;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/**
 * {@code |w|} of each weight, real or complex.
 *
 * @param weight of the operator
 * @param values in the operator's shape of one number for each weight
 */
record Moduli(INDArray weight, INDArray values) {
    static Moduli of(Operator op, INDArray weight) {
        double[] w = Elements.read(weight);
        int count = op.output().complex() ? w.length / 2 : w.length;
        double[] moduli = new double[count];
        for (int i = 0; i < count; i++) {
            moduli[i] = count == w.length ? Math.abs(w[i]) : Math.hypot(w[i], w[count + i]);
        }
        return new Moduli(weight, Elements.write(moduli, weight.dataType(), op.unitShape(Unit.WEIGHT)));
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
