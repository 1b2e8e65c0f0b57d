package org.winnow.sweep;

/**
 * How far a sweep is, in trials.
 *
 * @param total at most
 * @param done to their end, those that kept nothing among them
 * @param found of these, what was there from earlier
 * @param secondsLeft estimated from what was done since the sweep was started
 */
public record SweepProgress(
        long total,
        long done,
        long found,
        long running,
        long stopped,
        long failed,
        double seconds,
        double secondsLeft) {
    /** Hears of every change, one thread at a time. */
    @FunctionalInterface
    public interface Listener {
        void changed(SweepProgress progress);
    }
}
