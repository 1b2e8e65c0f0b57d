package org.winnow.sparsifier;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Quantile;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;
import org.winnow.operator.Operator;

/**
 * Drops the smallest weights, and biases if masked (Han, Pool, Tran, Dally 2015, arXiv:1506.02626): those below the
 * quantile of the fraction, interpolated linearly, of each array by itself. The dropped ones get no gradient, so that they
 * stay where they are.
 *
 * @param fraction how many are dropped, in [0, 1]
 * @param ranking what small means
 * @param mask how the masks are used
 */
public record MagnitudePruning(double fraction, Ranking ranking, MaskOptions mask) implements Masking {
    /** By what units are compared. */
    public enum Ranking {
        /** The modulus; of units of several weights the root of the sum of squares. */
        MODULUS,
        /** The (real part of the) weight with its sign, as NeuroSurgeon does; of units of several the sum. */
        SIGNED
    }

    public MagnitudePruning {
        Check.within(0, 1, fraction, "fraction");
    }

    /** The smaller half of the weights. */
    public MagnitudePruning() {
        this(0.5, Ranking.MODULUS, new MaskOptions());
    }

    @Override
    public List<ParamSpec> params(Operator op, boolean bias) {
        mask.targets(bias);
        return Affine.params(op, bias);
    }

    @Override
    public INDArray decision(Operator op, Params p, Masked what, double threshold) {
        INDArray units = units(op, p.get(what.param()), what);
        double least = least(units);
        INDArray decision = Arena.like(units);
        for (Strips at = Strips.over(decision); at.next(); ) {
            Strip unit = at.read(units);
            at.write(decision, (ranking == Ranking.MODULUS ? unit.abs() : unit).atLeast(least));
        }
        return decision;
    }

    @Override
    public Params penalties(Operator op, Params p, int epoch) {
        return Params.none();
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        // There is no penalty.
    }

    /** Numbers that are ranked as they are or by their moduli: weights, or sums or roots of the sum of squares of several. */
    private INDArray units(Operator op, INDArray parameter, Masked what) {
        if (ranking == Ranking.SIGNED || what.isSingle(op, mask.unit())) {
            return what.sumOfUnits(op, mask.unit(), parameter);
        }
        INDArray squares = what.sumOfUnits(op, mask.unit(), Strips.product(parameter, parameter));
        INDArray sizes = Arena.like(squares);
        for (Strips at = Strips.over(sizes); at.next(); ) {
            at.write(sizes, at.read(squares).sqrt());
        }
        return sizes;
    }

    private double least(INDArray units) {
        if (fraction == 1) {
            return Double.POSITIVE_INFINITY;
        }
        return ranking == Ranking.MODULUS ? Quantile.ofModuli(units, fraction) : Quantile.of(units, fraction);
    }
}
