package org.winnow.surgery;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Variational;

/** How another library names what we name, in the state of a module. */
public enum Dialect {
    /** Plain PyTorch: weight and bias. */
    PYTORCH,
    /** cplxmodule 2022.6 (Nazarov): real and imaginary parts by themselves; its log_alpha is high for closed gates. */
    CPLXMODULE,
    /** Gaussian stochastic gates of captum 0.9. */
    CAPTUM_GAUSSIAN,
    /** Binary concrete gates of captum 0.9. */
    CAPTUM_BINARY_CONCRETE,
    /** NeuroSurgeon 0.1 (Lepori et al.): masks are the signs of gates. */
    NEUROSURGEON;

    private static final String GATE = "gate";

    /** Far enough from 0 for a gate to be open or closed with its noise, too. */
    private static final double DECIDED = 10;

    /**
     * The name of a parameter.
     *
     * @param ours in a layer of ours
     * @param theirs in a module
     * @param toTheirs what a number of ours becomes
     * @param toOurs what a number of theirs becomes
     */
    record Name(String ours, String theirs, DoubleUnaryOperator toTheirs, DoubleUnaryOperator toOurs) {
        private static Name same(String ours, String theirs) {
            return new Name(ours, theirs, x -> x, x -> x);
        }

        private static Name sign(String ours, String theirs) {
            return new Name(ours, theirs, mask -> mask > 0 ? DECIDED : -DECIDED, gate -> gate > 0 ? 1 : 0);
        }
    }

    private static final List<Name> COMMON =
            List.of(Name.same(Params.WEIGHT, Params.WEIGHT), Name.same(Params.BIAS, Params.BIAS));

    private List<Name> own() {
        return switch (this) {
            case PYTORCH -> List.of();
            case CPLXMODULE ->
                List.of(
                        Name.same(FixedMask.MASK, "mask"),
                        Name.same(Variational.LOG_SIGMA2, "log_sigma2"),
                        new Name(GATE, "log_alpha", x -> -x, x -> -x));
            case CAPTUM_GAUSSIAN -> List.of(Name.same(GATE, "mu"));
            case CAPTUM_BINARY_CONCRETE -> List.of(Name.same(GATE, "log_alpha_param"));
            case NEUROSURGEON ->
                List.of(
                        Name.same(GATE, "weight_mask_params"),
                        Name.same("biasGate", "bias_mask_params"),
                        Name.sign(FixedMask.MASK, "weight_mask_params"),
                        Name.sign(FixedMask.BIAS_MASK, "bias_mask_params"));
        };
    }

    /** What it calls a parameter of ours, if it has such a thing. */
    Optional<Name> name(String ours) {
        return Stream.concat(COMMON.stream(), own().stream())
                .filter(name -> name.ours.equals(ours))
                .findFirst();
    }

    /** Whether complex arrays are two, their parts. */
    boolean splitsParts() {
        return this == CPLXMODULE;
    }
}
