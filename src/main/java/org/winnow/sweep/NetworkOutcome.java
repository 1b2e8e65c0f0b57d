package org.winnow.sweep;

import java.io.Serializable;
import java.util.List;
import org.winnow.check.Check;
import org.winnow.model.AblationResult;
import org.winnow.model.MaskResult;
import org.winnow.model.RelevanceResult;

/**
 * What a trial made of a network: rows of further tables, and what it costs at work.
 *
 * @param flops for one example: the same on every machine
 * @param latencyMicros of one row, measured where the trial ran
 */
public record NetworkOutcome(
        List<RelevanceResult> relevance,
        List<MaskResult> masks,
        List<AblationResult> ablations,
        long flops,
        double latencyMicros)
        implements Serializable {
    public NetworkOutcome {
        relevance = List.copyOf(relevance);
        masks = List.copyOf(masks);
        ablations = List.copyOf(ablations);
        Check.that(flops >= 0, "flops", "at least 0", flops);
    }
}
