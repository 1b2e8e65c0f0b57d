package org.winnow.sparsifier;

import org.winnow.operator.Operator;

/** Sparsifiers that can be half way between keeping and dropping. */
public interface Gated extends Sparsifier {
    /** What {@link #relevance} decides, as numbers without noise; those of gates are in [0, 1]. */
    Params gateValues(Operator op, Params p);
}
