package org.winnow.sweep;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.winnow.model.TrialResult;

/**
 * What a trial came to.
 *
 * @param replicates trials that share it differ in their seeds alone
 * @param threshold that decided what is kept
 * @param selected the gates that are kept
 * @param network that was pruned; null where gates are decided on, or nothing is left
 */
public record TrialOutcome(
        TrialResult row,
        String replicates,
        double threshold,
        List<Integer> selected,
        @JsonSetter(nulls = Nulls.SET) @Nullable NetworkOutcome network)
        implements Serializable {
    public TrialOutcome {
        selected = List.copyOf(selected);
    }

    /** One that got nowhere. */
    static TrialOutcome bare(TrialResult row, String replicates, double threshold) {
        return new TrialOutcome(row, replicates, threshold, List.of(), null);
    }

    /** The same for the driver's memory: the row alone. */
    TrialOutcome brief() {
        return bare(row, replicates, threshold);
    }

    boolean isFailed() {
        return row.status().equals(TrainingResult.FAILED);
    }
}
