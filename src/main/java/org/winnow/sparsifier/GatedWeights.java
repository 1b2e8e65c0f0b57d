package org.winnow.sparsifier;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.Drawn;
import org.winnow.gate.GateDistribution;
import org.winnow.gate.Sigmoid;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Logistic;
import org.winnow.kernel.Strips;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/**
 * A learnt gate for each weight, or for all weights of a neuron, drawn once for the whole batch. With binary concrete
 * gates this is L0 regularisation (Louizos, Welling, Kingma 2018, arXiv:1712.01312), with sigmoid gates continuous
 * sparsification (Savarese, Silva, Maire 2020, arXiv:1912.04427). Units whose noise-free gate is above the threshold are
 * relevant; a tie is not.
 *
 * @param gates how gates are distributed
 * @param initial the first value of their parameters
 * @param annealing of the gates' temperature
 * @param cost what the penalty counts
 * @param atInference what multiplies weights without training
 * @param frozen whether gates no longer learn, but are in training as at inference, in the penalty too
 * @param mask how the gates are used
 */
public record GatedWeights(
        GateDistribution gates,
        double initial,
        Annealing annealing,
        Cost cost,
        AtInference atInference,
        boolean frozen,
        MaskOptions mask)
        implements Masking {
    /** What the penalty counts: the probability that a gate is open, times this. */
    public enum Cost {
        /** One for each gate, however many weights go through it. */
        UNIT,
        /** The number of weights that go through it. */
        WEIGHTS
    }

    /** What multiplies weights without training. */
    public enum AtInference {
        /** The decision at one half: 0 or 1. */
        DECISION,
        /** The noise-free gate. */
        GATE
    }

    /** The binary concrete gates of cplxmodule's L0 layer. */
    public static final BinaryConcrete L0_GATES = new BinaryConcrete(0.66, -0.1, 1.1, Double.MIN_NORMAL);

    /** Where their parameters start: nine in ten are open. */
    public static final double L0_INITIAL = 2.197;

    /** Initial fractions are kept this far from 0 and 1, and so is the noise of hard concrete gates. */
    public static final double SURE = 1e-4;

    public GatedWeights {
        Check.that(Double.isFinite(initial), "initial", "finite", initial);
    }

    /** Hard concrete gates on weights, half of them open. */
    public GatedWeights() {
        this(hardConcrete(0.5, new MaskOptions()));
    }

    private GatedWeights(GatedWeights that) {
        this(that.gates, that.initial, that.annealing, that.cost, that.atInference, that.frozen, that.mask);
    }

    /**
     * Hard concrete gates.
     *
     * @param fraction how many of the units are open at first, in [0, 1]
     */
    public static GatedWeights hardConcrete(double fraction, MaskOptions mask) {
        BinaryConcrete gates = new BinaryConcrete(2.0 / 3, -0.1, 1.1, SURE);
        return new GatedWeights(gates, logit(fraction), Annealing.NONE, Cost.UNIT, AtInference.DECISION, false, mask);
    }

    /**
     * Continuous sparsification.
     *
     * @param initial the first logit; units of a logit above 0 are kept
     * @param annealing of the temperature, from 1
     */
    public static GatedWeights continuousSparsification(double initial, Annealing annealing, MaskOptions mask) {
        return new GatedWeights(new Sigmoid(), initial, annealing, Cost.WEIGHTS, AtInference.DECISION, false, mask);
    }

    /** L0 regularisation: noise-free gates at inference. */
    public static GatedWeights l0(MaskOptions mask) {
        return new GatedWeights(L0_GATES, L0_INITIAL, Annealing.NONE, Cost.UNIT, AtInference.GATE, false, mask);
    }

    /** The same gates with another use of masks. */
    public GatedWeights withMask(MaskOptions other) {
        return new GatedWeights(gates, initial, annealing, cost, atInference, frozen, other);
    }

    /** The same gates, frozen or not. */
    public GatedWeights withFrozen(boolean other) {
        return new GatedWeights(gates, initial, annealing, cost, atInference, other, mask);
    }

    /** The logit of a fraction of open gates, kept within [1e-4, 1 - 1e-4]. */
    public static double logit(double fraction) {
        Check.within(0, 1, fraction, "fraction");
        return Logistic.logit(Math.max(SURE, Math.min(1 - SURE, fraction)));
    }

    @Override
    public List<ParamSpec> params(Operator op, boolean bias) {
        List<ParamSpec> specs = new ArrayList<>(Affine.params(op, bias));
        for (Masked what : mask.targets(bias)) {
            specs.add(new ParamSpec(
                    what.maskParam(gateParam()),
                    ParamSpec.Kind.SPARSIFIER,
                    !frozen,
                    Initial.constant(initial),
                    what.unitShape(op, mask.unit())));
        }
        return List.copyOf(specs);
    }

    @Override
    public boolean learns() {
        return !frozen;
    }

    @Override
    public Gates gates(Operator op, Params p, Masked what, Pass pass) {
        INDArray parameter = parameter(p, what);
        if (pass.training() && !frozen) {
            return Gates.sampled(at(pass.epoch()), parameter, what.maskParam(gateParam()), pass, parameter.shape());
        }
        return atInference == AtInference.GATE
                ? Gates.mean(gates, parameter)
                : Gates.fixed(decision(op, p, what, HALF));
    }

    @Override
    public INDArray decision(Operator op, Params p, Masked what, double threshold) {
        return Elements.map(parameter(p, what), gate -> Gates.open(gates, gate, threshold) ? 1 : 0);
    }

    @Override
    public Params gateValues(Operator op, Params p) {
        return perNumber(op, p, what -> Gates.mean(gates, parameter(p, what)).values());
    }

    @Override
    public Params penalties(Operator op, Params p, int epoch) {
        Params penalties = Params.none();
        for (Masked what : mask.targets(p.has(Params.BIAS))) {
            INDArray units = frozen
                    ? decision(op, p, what, HALF)
                    : Elements.map(parameter(p, what), at(epoch)::activeProbability);
            penalties = penalties.with(what.param(), units.muli(cost(op, what)));
        }
        return penalties;
    }

    @Override
    public double penalty(Operator op, Params p, int epoch) {
        return penaltyWithGradient(op, p, epoch, 0, Params.none());
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        penaltyWithGradient(op, p, epoch, scale, grads);
    }

    @Override
    public double penaltyWithGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        if (frozen) {
            return Masking.super.penalty(op, p, epoch);
        }
        GateDistribution annealed = at(epoch);
        double sum = 0;
        for (Masked what : mask.targets(p.has(Params.BIAS))) {
            INDArray parameter = parameter(p, what);
            String name = what.maskParam(gateParam());
            double cost = cost(op, what);
            for (Strips at = Strips.over(parameter); at.next(); ) {
                Drawn active = annealed.active(at, at.read(parameter));
                sum += cost * at.sum(active.value());
                if (grads.has(name)) {
                    at.add(grads.get(name), active.slope().mul(scale * cost));
                }
            }
        }
        return sum;
    }

    private GateDistribution at(int epoch) {
        return annealing.equals(Annealing.NONE) ? gates : gates.annealed(annealing.factor(epoch));
    }

    private double cost(Operator op, Masked what) {
        long units = ArrayUtil.prodLong(what.unitShape(op, mask.unit()));
        return cost == Cost.UNIT ? 1 : (double) ArrayUtil.prodLong(what.unitShape(op, Unit.WEIGHT)) / units;
    }

    private INDArray parameter(Params p, Masked what) {
        return p.get(what.maskParam(gateParam()));
    }
}
