package org.winnow.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done next, for several threads. A chain has one training under way at a time; of those that can go on,
 * the first chain goes first. Nothing that is decided here depends on who was faster.
 */
final class Agenda {
    /** A training to do or to go on with. */
    record Step(int chain, Link link, @Nullable Stretch paused, List<Rung> rungs, double until) {}

    private static final class Progress {
        private final List<TrainingResult> over = new ArrayList<>();
        private final List<Rung> rungs = new ArrayList<>();
        private @Nullable Link link;
        private @Nullable Stretch paused;
        private boolean doomed;
    }

    private final List<? extends Chain> chains;
    private final Stopping stopping;
    private final List<Progress> progress = new ArrayList<>();
    private final PriorityQueue<Integer> ready = new PriorityQueue<>();
    private int open;
    private boolean cancelled;

    Agenda(List<? extends Chain> chains, Stopping stopping) {
        this.chains = chains;
        this.stopping = stopping;
        for (int chain = 0; chain < chains.size(); chain++) {
            progress.add(new Progress());
            ready.add(chain);
        }
        open = chains.size();
    }

    /** Waits for something to do; empty: everything is done, or the sweep has ended. */
    synchronized Optional<Step> take() throws InterruptedException {
        Optional<Step> step = poll();
        while (step.isEmpty() && !cancelled && open > 0) {
            wait();
            step = poll();
        }
        return step;
    }

    /** What can be done now, if anything. */
    synchronized Optional<Step> poll() {
        while (!cancelled && !ready.isEmpty()) {
            int chain = ready.remove();
            Optional<Step> step = step(chain);
            if (step.isPresent()) {
                return step;
            }
            close(chain);
        }
        return Optional.empty();
    }

    private Optional<Step> step(int chain) {
        Progress of = progress.get(chain);
        if (of.link == null) {
            of.link = chains.get(chain).next(List.copyOf(of.over)).orElse(null);
        }
        Link link = of.link;
        return link == null
                ? Optional.empty()
                : Optional.of(new Step(chain, link, of.paused, List.copyOf(of.rungs), stopping.until(of.rungs.size())));
    }

    /** Whether a step's training has lost its comparison: it is taken only to be written down as stopped. */
    synchronized boolean isDoomed(Step step) {
        return progress.get(step.chain()).doomed;
    }

    /** A training waits at a rung until those before it are known there. */
    synchronized void paused(Step step, Stretch stretch) {
        Progress of = progress.get(step.chain());
        of.paused = stretch;
        of.rungs.add(stretch.rung());
        follow(stopping.reached(step.chain(), of.rungs.size() - 1, stretch.rung()));
        notifyAll();
    }

    /** A training is over. */
    synchronized void over(Step step, TrainingResult result) {
        Progress of = progress.get(step.chain());
        of.over.add(result);
        of.link = null;
        of.paused = null;
        follow(stopping.over(step.chain(), result.rungs()));
        ready.add(step.chain());
        notifyAll();
    }

    private void follow(List<Stopping.Decision> decisions) {
        for (Stopping.Decision decision : decisions) {
            Progress of = progress.get(decision.training());
            if (of.paused != null) {
                of.doomed = !decision.goesOn();
                ready.add(decision.training());
            }
        }
    }

    private void close(int chain) {
        open--;
        progress.get(chain).over.clear();
        notifyAll();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Lets everyone stop. */
    synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }
}
