package org.winnow.surgery;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Variational;

/** How another library names what we name, in the state of a module. */
public enum Dialect {
    /** Plain PyTorch: weight and bias. */
    PYTORCH(),
    /** cplxmodule 2022.6 (Nazarov): real and imaginary parts by themselves; its log_alpha is high for closed gates. */
    CPLXMODULE(
            Name.same(FixedMask.MASK, "mask"),
            Name.same(Variational.LOG_SIGMA2, "log_sigma2"),
            new Name("gate", "log_alpha", x -> -x, x -> -x)),
    /** Gaussian stochastic gates of captum 0.9. */
    CAPTUM_GAUSSIAN(Name.same("gate", "mu")),
    /** Binary concrete gates of captum 0.9. */
    CAPTUM_BINARY_CONCRETE(Name.same("gate", "log_alpha_param")),
    /** NeuroSurgeon 0.1 (Lepori et al.): masks are the signs of gates. */
    NEUROSURGEON(
            Name.same("gate", "weight_mask_params"),
            Name.same("biasGate", "bias_mask_params"),
            Name.sign(FixedMask.MASK, "weight_mask_params"),
            Name.sign(FixedMask.BIAS_MASK, "bias_mask_params"));

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

    private final List<Name> names;

    Dialect(Name... names) {
        this.names = List.of(names);
    }

    /** What it calls a parameter of ours, if it has such a thing. */
    Optional<Name> name(String ours) {
        return Arrays.asList(COMMON, names).stream()
                .flatMap(List::stream)
                .filter(name -> name.ours.equals(ours))
                .findFirst();
    }

    /** Whether complex arrays are two, their parts. */
    boolean splitsParts() {
        return this == CPLXMODULE;
    }
}
