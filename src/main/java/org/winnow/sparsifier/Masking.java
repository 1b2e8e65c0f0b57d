package org.winnow.sparsifier;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Strip;
import org.winnow.kernel.Strips;
import org.winnow.operator.MaskedProduct;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/**
 * Methods that multiply the weight by a mask m, and the bias by another if asked: {@code y = f(x; W m) + b m_b}. They
 * differ in where the mask comes from, {@link #gates} while it is learnt and {@link #decision} at last.
 */
public interface Masking extends Gated {
    /** Above this gate a unit is kept; a tie drops. */
    double HALF = 0.5;

    /** How masks are used. */
    MaskOptions mask();

    /** 1 for units that are kept and 0 for others, one number for each unit. */
    INDArray decision(Operator op, Params p, Masked what, double threshold);

    /** The mask in use as long as there is no ablation: unless overridden, the decision. */
    default Gates gates(Operator op, Params p, Masked what, Pass pass) {
        return Gates.fixed(decision(op, p, what, HALF));
    }

    /** Whether masks change while training, which an ablation would not let them. */
    default boolean learns() {
        return false;
    }

    /** The parameters of the gates; ignored by masks that do not learn by gradients. */
    default String gateParam() {
        return "gate";
    }

    @Override
    default INDArray forward(Operator op, INDArray x, Params p, Pass pass) {
        INDArray y = product(op, x, p, pass);
        return p.has(Params.BIAS) ? op.output().addBias(y, bias(op, p, pass)) : y;
    }

    @Override
    default INDArray backward(Operator op, INDArray x, INDArray dy, Params p, Params grads, Pass pass) {
        if (p.has(Params.BIAS)) {
            gradient(op, p, Masked.BIAS, op.output().sumOfOthers(dy), grads, pass);
        }
        if (pass.product().isPresent()) {
            MaskedProduct.Backward ofProduct = pass.product().get().backward(dy);
            grads.clear(Masked.WEIGHT.maskParam(gateParam()));
            if (grads.has(Params.WEIGHT)) {
                ofProduct.weightGradient(grads.get(Params.WEIGHT));
            }
            return pass.inputGradientNeeded() ? ofProduct.inputGradient() : Nd4j.empty(x.dataType());
        }
        INDArray dWeight =
                grads.has(Params.WEIGHT) ? grads.get(Params.WEIGHT) : Arena.array(x.dataType(), op.weightShape());
        op.weightGradient(x, dy, dWeight);
        gradient(op, p, Masked.WEIGHT, dWeight, grads, pass);
        return pass.inputGradient(op, x, pass.kept("maskedWeight"), dy);
    }

    @Override
    default Params relevance(Operator op, Params p, double threshold) {
        return perNumber(op, p, what -> decision(op, p, what, threshold));
    }

    @Override
    default Params gateValues(Operator op, Params p) {
        return relevance(op, p, HALF);
    }

    /** The masks of this pass, ablated if so: one number for each weight, and for each bias if it is masked. */
    default Params masks(Operator op, Params p, Pass pass) {
        return perNumber(op, p, what -> used(op, p, what, pass).values());
    }

    /** The {@link #penalty} while masks learn; otherwise how many weights, and biases if masked, go through the mask. */
    default double l0(Operator op, Params p, Pass pass) {
        if (pass.training() && learns()) {
            return penalty(op, p, pass.epoch());
        }
        return masks(op, p, pass).arrays().values().stream()
                .mapToDouble(
                        mask -> mask.gt(0).castTo(mask.dataType()).sumNumber().doubleValue())
                .sum();
    }

    /** How many weights, and biases if masked, there are to keep. */
    default long maxL0(Operator op) {
        long weights = Arrays.stream(op.unitShape(Unit.WEIGHT)).reduce(1, Math::multiplyExact);
        return weights + (mask().bias() ? op.output().numbers() : 0);
    }

    /** One value for each weight, and for each bias if it is masked, from one for each unit. */
    default Params perNumber(Operator op, Params p, Function<Masked, INDArray> perUnit) {
        Params all = Params.none();
        for (Masked what : mask().targets(p.has(Params.BIAS))) {
            all = all.with(what.param(), what.toNumbers(op, perUnit.apply(what)));
        }
        return all;
    }

    private Gates used(Operator op, Params p, Masked what, Pass pass) {
        if (mask().ablation().kind() == Ablation.Kind.NONE) {
            return gates(op, p, what, pass);
        }
        if (pass.training() && learns()) {
            throw new IllegalStateException("a mask that is learning cannot be ablated while training");
        }
        INDArray kept = decision(op, p, what, HALF);
        return Gates.fixed(mask().ablation().mask(kept, what.param(), pass));
    }

    /** By few weights where the mask is sparse and does not learn. */
    private INDArray product(Operator op, INDArray x, Params p, Pass pass) {
        INDArray weight = p.get(Params.WEIGHT);
        if (!mask().enabled()) {
            return op.apply(x, pass.keep("maskedWeight", weight));
        }
        Gates used = used(op, p, Masked.WEIGHT, pass);
        INDArray mask = Masked.WEIGHT.toParam(op, used.values(), weight);
        if (pass.training() && used.slopes().isEmpty() && mask().ablation().kind() == Ablation.Kind.NONE) {
            Optional<MaskedProduct> ofFew = MaskedProduct.of(op, mask, weight, x);
            if (ofFew.isPresent()) {
                return pass.keep(ofFew.get()).output();
            }
        }
        return op.apply(x, pass.keep("maskedWeight", masked(op, p, Masked.WEIGHT, used, pass)));
    }

    private INDArray bias(Operator op, Params p, Pass pass) {
        return mask().enabled() && mask().bias()
                ? masked(op, p, Masked.BIAS, used(op, p, Masked.BIAS, pass), pass)
                : p.get(Params.BIAS);
    }

    /** The weight or bias as the operator is to see it. */
    private INDArray masked(Operator op, Params p, Masked what, Gates used, Pass pass) {
        INDArray parameter = p.get(what.param());
        INDArray mask = pass.keep(maskOf(what), what.toParam(op, used.values(), parameter));
        used.slopes().ifPresent(slopes -> pass.keep(slopesOf(what), slopes));
        INDArray masked = Strips.product(parameter, mask);
        return mask().ablation().kind() == Ablation.Kind.RANDOM
                ? masked.addi(replacement(op, what, parameter, pass).muli(mask.rsub(1)))
                : masked;
    }

    private INDArray replacement(Operator op, Masked what, INDArray parameter, Pass pass) {
        String name = mask().ablation().drawName(what.param());
        INDArray uniform = pass.drawForAblation(name, NoiseKind.UNIFORM, parameter.dataType(), parameter.shape());
        return uniform.mul(2).subi(1).divi(Math.sqrt((double) op.fanIn()));
    }

    /** Sets the gradients of a parameter and of its gates from that of the masked parameter, which is overwritten. */
    private void gradient(Operator op, Params p, Masked what, INDArray ofMasked, Params grads, Pass pass) {
        INDArray parameter = p.get(what.param());
        String gates = what.maskParam(gateParam());
        boolean learnsGates = pass.has(slopesOf(what));
        if (learnsGates && what.isSingle(op, mask().unit()) && grads.has(gates) && grads.has(what.param())) {
            INDArray slopes = pass.kept(slopesOf(what));
            INDArray mask = pass.kept(maskOf(what));
            gradients(ofMasked, parameter, mask, slopes, grads.get(what.param()), grads.get(gates));
            return;
        }
        if (learnsGates) {
            INDArray ofMask = what.sumOfUnits(op, mask().unit(), Strips.product(ofMasked, parameter));
            grads.set(gates, Strips.product(ofMask, pass.kept(slopesOf(what))));
        } else {
            grads.clear(gates);
        }
        if (!grads.has(what.param())) {
            return;
        }
        if (!pass.has(maskOf(what))) {
            grads.set(what.param(), ofMasked);
            return;
        }
        INDArray gradient = grads.get(what.param());
        INDArray mask = pass.kept(maskOf(what));
        for (Strips at = Strips.over(gradient); at.next(); ) {
            at.write(gradient, at.read(ofMasked).mul(at.read(mask)));
        }
    }

    /** Both gradients in one walk, where each number has a gate of its own. */
    private static void gradients(
            INDArray ofMasked,
            INDArray parameter,
            INDArray mask,
            INDArray slopes,
            INDArray ofParameter,
            INDArray ofGates) {
        for (Strips at = Strips.over(ofMasked); at.next(); ) {
            Strip gradient = at.read(ofMasked);
            at.write(ofGates, at.copy(gradient).mul(at.read(parameter)).mul(at.read(slopes)));
            at.write(ofParameter, gradient.mul(at.read(mask)));
        }
    }

    private static String maskOf(Masked what) {
        return what.param() + "Mask";
    }

    private static String slopesOf(Masked what) {
        return what.param() + "Slopes";
    }
}
