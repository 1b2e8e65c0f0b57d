package org.winnow.sparsifier;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.gate.GateDistribution;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Shapes;
import org.winnow.operator.Features;
import org.winnow.operator.Operator;

/**
 * A learnt gate for each input, or for each output before its bias, drawn for every example: with binary concrete gates
 * the groups of L0 regularisation (Louizos, Welling, Kingma 2018, arXiv:1712.01312), with Gaussian gates on inputs feature
 * selection (Yamada, Lindenbaum, Negahban, Kluger 2020, arXiv:1810.04247). At inference the noise-free gate. Weights of an
 * input or output whose noise-free gate is above the threshold are relevant; a tie is not.
 *
 * @param gates how gates are distributed
 * @param side what they multiply
 * @param initial the first value of their parameters
 * @param annealing of the gates' temperature
 */
public record GatedActivations(GateDistribution gates, Side side, double initial, Annealing annealing)
        implements Gated {
    /** What gates multiply. */
    public enum Side {
        INPUT,
        OUTPUT
    }

    /** The parameters of the gates, {@code [numbers]} of that side. */
    public static final String GATE = "gate";

    private static final String VALUES = "gateValues";
    private static final String SLOPES = "gateSlopes";
    private static final String UNGATED = "ungatedOutput";

    public GatedActivations {
        Check.that(Double.isFinite(initial), "initial", "finite", initial);
    }

    /** Gates of which nine in ten are open, as in the implementation of L0 in cplxmodule. */
    public GatedActivations(GateDistribution gates, Side side) {
        this(gates, side, GatedWeights.L0_INITIAL, Annealing.NONE);
    }

    /** L0 regularisation of inputs. */
    public GatedActivations() {
        this(GatedWeights.L0_GATES, Side.INPUT);
    }

    @Override
    public List<ParamSpec> params(Operator op, boolean bias) {
        return Affine.params(
                op,
                bias,
                new ParamSpec(
                        GATE,
                        ParamSpec.Kind.SPARSIFIER,
                        true,
                        Initial.constant(initial),
                        features(op).numbers()));
    }

    @Override
    public INDArray forward(Operator op, INDArray x, Params p, Pass pass) {
        if (side == Side.INPUT) {
            return Affine.forward(op, gated(op, x, p, pass), p);
        }
        INDArray y = pass.keep(UNGATED, op.apply(x, p.get(Params.WEIGHT)));
        return Affine.addBias(op, gated(op, y, p, pass), p);
    }

    @Override
    public INDArray backward(Operator op, INDArray x, INDArray dy, Params p, Params grads, Pass pass) {
        INDArray values = features(op).spread(pass.kept(VALUES));
        if (side == Side.INPUT) {
            INDArray gated = x.mul(values);
            Affine.biasGradient(op, dy, grads);
            Affine.weightGradient(op, gated, dy, grads);
            INDArray dGated = op.inputGradient(gated, p.get(Params.WEIGHT), dy);
            gateGradient(op, dGated.mul(x), grads, pass);
            return dGated.muli(values);
        }
        Affine.biasGradient(op, dy, grads);
        gateGradient(op, dy.mul(pass.kept(UNGATED)), grads, pass);
        INDArray dUngated = dy.mul(values);
        Affine.weightGradient(op, x, dUngated, grads);
        return pass.inputGradient(op, x, p.get(Params.WEIGHT), dUngated);
    }

    @Override
    public Params penalties(Operator op, Params p, int epoch) {
        return Params.of(GATE, Elements.map(p.get(GATE), at(epoch)::activeProbability));
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        grads.add(GATE, Elements.map(p.get(GATE), gate -> scale * at(epoch).activeProbabilitySlope(gate)));
    }

    @Override
    public Params relevance(Operator op, Params p, double threshold) {
        return ofWeights(op, Elements.map(p.get(GATE), gate -> Gates.open(gates, gate, threshold) ? 1 : 0));
    }

    @Override
    public Params gateValues(Operator op, Params p) {
        return ofWeights(op, Gates.mean(gates, p.get(GATE)).values());
    }

    private Params ofWeights(Operator op, INDArray gate) {
        return Params.of(Params.WEIGHT, side == Side.INPUT ? op.weightsOfInputs(gate) : op.weightsOfOutputs(gate));
    }

    private INDArray gated(Operator op, INDArray a, Params p, Pass pass) {
        INDArray parameters = features(op).along(p.get(GATE), a.rank());
        Gates drawn = pass.training()
                ? Gates.sampled(
                        at(pass.epoch()), parameters, GATE, pass, features(op).perExample(a.shape()))
                : Gates.mean(gates, parameters);
        pass.keep(VALUES, drawn.values());
        drawn.slopes().ifPresent(slopes -> pass.keep(SLOPES, slopes));
        return a.mul(features(op).spread(drawn.values()));
    }

    /** From {@code dL/dgate * gate}, element by element. */
    private void gateGradient(Operator op, INDArray products, Params grads, Pass pass) {
        INDArray slopes = pass.kept(SLOPES);
        INDArray perNumber = features(op).fold(products);
        INDArray perGate = Shapes.sumTo(perNumber, slopes.shape());
        grads.set(GATE, features(op).sumOfOthers(perGate.mul(slopes)));
    }

    private Features features(Operator op) {
        return side == Side.INPUT ? op.input() : op.output();
    }

    private GateDistribution at(int epoch) {
        return gates.annealed(annealing.factor(epoch));
    }
}
