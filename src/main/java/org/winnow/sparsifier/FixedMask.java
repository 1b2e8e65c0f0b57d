package org.winnow.sparsifier;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Shapes;
import org.winnow.operator.Operator;

/**
 * A given mask of any numbers, which stays as it is while the weights learn. It is a parameter of the layer, not a number
 * (NaN) until it is set; a layer without its mask refuses to run. Units of a mask above 0 are relevant.
 *
 * @param mask how the masks are used
 */
public record FixedMask(MaskOptions mask) implements Masking {
    /** The parameter of the weight's mask. */
    public static final String MASK = "mask";

    /** The parameter of the bias's mask. */
    public static final String BIAS_MASK = "biasMask";

    /** A mask on weights. */
    public FixedMask() {
        this(new MaskOptions());
    }

    @Override
    public List<ParamSpec> params(Operator op, boolean bias) {
        List<ParamSpec> specs = new ArrayList<>(Affine.params(op, bias));
        for (Masked what : mask.targets(bias)) {
            specs.add(new ParamSpec(
                    what.maskParam(MASK),
                    ParamSpec.Kind.SPARSIFIER,
                    false,
                    Initial.constant(Double.NaN),
                    what.unitShape(op, mask.unit())));
        }
        return List.copyOf(specs);
    }

    @Override
    public Gates gates(Operator op, Params p, Masked what, Pass pass) {
        return Gates.fixed(given(p, what));
    }

    @Override
    public INDArray decision(Operator op, Params p, Masked what, double threshold) {
        return Elements.map(given(p, what), mask -> mask > 0 ? 1 : 0);
    }

    @Override
    public Params gateValues(Operator op, Params p) {
        return perNumber(op, p, what -> given(p, what));
    }

    @Override
    public Params penalties(Operator op, Params p, int epoch) {
        return Params.none();
    }

    @Override
    public void addPenaltyGradient(Operator op, Params p, int epoch, double scale, Params grads) {
        // There is no penalty.
    }

    /**
     * The weight times the mask.
     *
     * @throws IllegalStateException if there is no mask
     */
    public INDArray maskedWeight(Operator op, Params p) {
        INDArray weight = p.get(Params.WEIGHT);
        return weight.mul(Masked.WEIGHT.toParam(op, given(p, Masked.WEIGHT), weight));
    }

    /** Whether a mask is set. */
    public static boolean isSet(INDArray mask) {
        return !Double.isNaN(mask.getDouble(0));
    }

    /**
     * Sets a mask, stretched as NumPy does, or replaces it.
     *
     * @throws IllegalArgumentException if it does not stretch to the shape
     */
    public static void set(INDArray mask, INDArray values) {
        mask.assign(Shapes.stretch(values, "mask", mask.shape()));
    }

    /** Removes a mask. */
    public static void clear(INDArray mask) {
        mask.assign(Double.NaN);
    }

    private static INDArray given(Params p, Masked what) {
        INDArray mask = p.get(what.maskParam(MASK));
        if (!isSet(mask)) {
            throw new IllegalStateException("the layer has no mask for its " + what.param() + "; set one first");
        }
        return mask;
    }
}
