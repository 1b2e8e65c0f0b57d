package org.winnow.prune;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.Gaussian;
import org.winnow.operator.Convolution;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.Annealing;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.GatedActivations;
import org.winnow.sparsifier.GatedActivations.Side;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Variational;

/** The ways of making a layer sparse that a configuration can name. */
public enum Method {
    /**
     * Sparse variational dropout (Molchanov et al. 2017, arXiv:1701.05369; complex layers: Nazarov and Burnaev 2020,
     * arXiv:2003.11413); thresholds are of log alpha.
     */
    VD(3, -8, 8, true, -10),
    /** Automatic relevance determination (Kharitonov et al. 2018, arXiv:1811.00596); thresholds are of log alpha. */
    ARD(3, -8, 8, true, -10),
    /** Hard concrete gates on weights or neurons (Louizos et al. 2018, arXiv:1712.01312); thresholds are of gates. */
    HARD_CONCRETE(0.5, 0, 1, false, GatedWeights.L0_INITIAL),
    /** Continuous sparsification (Savarese et al. 2020, arXiv:1912.04427); thresholds are of gates, all of which are 0 or 1. */
    CONTINUOUS(0.5, 0, 1, false, 0.05),
    /** The smallest weights (Han et al. 2015, arXiv:1506.02626); thresholds are the shares dropped of each layer. */
    MAGNITUDE(0.9, 0, 1, false, 0),
    /** Hard concrete gates on the inputs of dense layers and the outputs of convolutions, as Louizos et al. have them. */
    L0(0, 0, 1, false, GatedWeights.L0_INITIAL),
    /** The penalty |w| (Tibshirani 1996); thresholds are of log |w|. */
    LASSO(-6, -20, 4, false, 0),
    /** Gaussian gates on weights or neurons (Yamada et al. 2020, arXiv:1810.04247); thresholds are of gates. */
    GAUSSIAN(0, 0, 1, false, 0.5);

    /** Sigmoid gates end as steep as in the paper. */
    private static final double STEEPEST = 200;

    private final double threshold;
    private final double least;
    private final double most;
    private final boolean keepsBelow;
    private final double initial;

    Method(double threshold, double least, double most, boolean keepsBelow, double initial) {
        this.threshold = threshold;
        this.least = least;
        this.most = most;
        this.keepsBelow = keepsBelow;
        this.initial = initial;
    }

    /** What a configuration calls it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The threshold unless another is given. */
    double threshold() {
        return threshold;
    }

    /** Where a search for thresholds begins: the one that keeps most. */
    double densest() {
        return keepsBelow ? most : least;
    }

    /** Where it ends: the one that keeps least. */
    double sparsest() {
        return keepsBelow ? least : most;
    }

    /** Whether it learns what to drop; otherwise it goes by the weights as they are. */
    boolean learns() {
        return this != MAGNITUDE;
    }

    /**
     * The sparsifier of a layer.
     *
     * @param given where its own parameters start; empty: the method's own
     * @param temperatureFactor what the temperature of gates has been multiplied by at the end; 0: the method's own
     * @param epochs over which it is
     */
    Function<Operator, Sparsifier> sparsifier(OptionalDouble given, Unit unit, double temperatureFactor, int epochs) {
        double start = given.orElse(initial);
        double factor = temperatureFactor > 0 ? temperatureFactor : this == CONTINUOUS ? STEEPEST : 1;
        Annealing annealing = new Annealing(factor, epochs);
        MaskOptions mask = new MaskOptions(unit, false);
        return switch (this) {
            case VD -> op -> new Variational(isComplex(op) ? Divergence.COMPLEX_VD_APPROX : Divergence.REAL_VD, start);
            case ARD -> op -> new Variational(isComplex(op) ? Divergence.COMPLEX_ARD : Divergence.REAL_ARD, start);
            case HARD_CONCRETE -> op -> gated(GatedWeights.hardConcrete(0.5, mask), start, annealing);
            case CONTINUOUS -> op -> GatedWeights.continuousSparsification(start, annealing, mask);
            case L0 -> op -> new GatedActivations(new BinaryConcrete(), side(op), start, annealing);
            case GAUSSIAN ->
                op -> new GatedWeights(
                        new Gaussian(),
                        start,
                        annealing,
                        GatedWeights.Cost.WEIGHTS,
                        GatedWeights.AtInference.GATE,
                        false,
                        mask);
            case LASSO -> op -> new Lasso();
            case MAGNITUDE -> op -> new Dense();
        };
    }

    /** How many weights go through what a penalty counts as one. */
    double weightsOfPenalty(Operator op) {
        if (this != L0) {
            return 1;
        }
        long weights = 1;
        for (long size : op.unitShape(Unit.WEIGHT)) {
            weights *= size;
        }
        return (double) weights / (side(op) == Side.INPUT ? op.input() : op.output()).numbers();
    }

    private static boolean isComplex(Operator op) {
        return op.output().complex();
    }

    private static Side side(Operator op) {
        return op instanceof Convolution ? Side.OUTPUT : Side.INPUT;
    }

    private static GatedWeights gated(GatedWeights like, double initial, Annealing annealing) {
        return new GatedWeights(
                like.gates(), initial, annealing, GatedWeights.Cost.WEIGHTS, like.atInference(), false, like.mask());
    }
}
