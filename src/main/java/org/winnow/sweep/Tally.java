package org.winnow.sweep;

import java.util.List;

/** Counts trials as they come and go, and tells who listens. */
final class Tally {
    private final long total;
    private final SweepProgress.Listener listener;
    private final long started = System.nanoTime();
    private long done;
    private long found;
    private long running;
    private long stopped;
    private long failed;

    Tally(long total, SweepProgress.Listener listener) {
        this.total = total;
        this.listener = listener;
    }

    synchronized void began(int trials) {
        running += trials;
        tell();
    }

    synchronized void paused(int trials) {
        running -= trials;
        tell();
    }

    /** Counts trials that are over; returns how many have failed. */
    synchronized long over(List<TrialOutcome> trials, boolean wereFound, int ran) {
        for (TrialOutcome trial : trials) {
            switch (trial.row().status()) {
                case TrainingResult.STOPPED -> stopped++;
                case TrainingResult.FAILED -> failed++;
                default -> done++;
            }
        }
        found += wereFound ? trials.size() : 0;
        running -= ran;
        tell();
        return failed;
    }

    private void tell() {
        double seconds = (System.nanoTime() - started) * 1e-9;
        long over = done + stopped + failed;
        long ran = over - found;
        double left = ran == 0 ? Double.NaN : seconds / ran * Math.max(0, total - over);
        listener.changed(new SweepProgress(total, done, found, running, stopped, failed, seconds, left));
    }
}
