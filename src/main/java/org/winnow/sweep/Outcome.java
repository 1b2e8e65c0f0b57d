package org.winnow.sweep;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A training that is over, or one that is paused, or what went wrong with it; exactly one of them.
 *
 * @param error in one sentence
 */
public record Outcome(
        @Nullable TrainingResult result,
        @Nullable Stretch paused,
        @Nullable String error) implements Serializable {
    static Outcome over(TrainingResult result) {
        return new Outcome(result, null, null);
    }

    static Outcome paused(Stretch stretch) {
        return new Outcome(null, stretch, null);
    }

    static Outcome failed(String error) {
        return new Outcome(null, null, error);
    }

    boolean hasFailures() {
        return error != null || (result != null && result.trials().stream().anyMatch(TrialOutcome::isFailed));
    }
}
