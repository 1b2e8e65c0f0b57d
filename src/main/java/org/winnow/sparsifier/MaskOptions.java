package org.winnow.sparsifier;

import java.io.Serializable;
import java.util.List;
import org.winnow.check.Check;
import org.winnow.operator.Unit;

/**
 * How a mask is used.
 *
 * @param unit what it keeps or drops as one
 * @param bias whether there is a mask for the bias too
 * @param enabled whether masks multiply weights; if not, weights are used as they are
 * @param ablation what is taken out at inference
 */
public record MaskOptions(Unit unit, boolean bias, boolean enabled, Ablation ablation) implements Serializable {
    /** For single weights, not for the bias, in use. */
    public MaskOptions() {
        this(Unit.WEIGHT, false);
    }

    public MaskOptions(Unit unit, boolean bias) {
        this(unit, bias, true, Ablation.NONE);
    }

    /**
     * What is masked in a layer.
     *
     * @throws IllegalArgumentException if the layer lacks the bias that is to be masked
     */
    List<Masked> targets(boolean layerHasBias) {
        Check.that(layerHasBias || !bias, "bias of a mask", "false for a layer without bias", bias);
        return bias ? List.of(Masked.WEIGHT, Masked.BIAS) : List.of(Masked.WEIGHT);
    }

    public MaskOptions withEnabled(boolean masksOn) {
        return new MaskOptions(unit, bias, masksOn, ablation);
    }

    public MaskOptions withAblation(Ablation other) {
        return new MaskOptions(unit, bias, enabled, other);
    }
}
