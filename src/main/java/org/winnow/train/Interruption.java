package org.winnow.train;

import java.util.Optional;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;

/** While it is open, an interrupted driver writes its last state before Spark shuts down, and says how to go on. */
final class Interruption implements AutoCloseable {
    /** Above that of Spark's own hook, which closes file systems' users after this. */
    private static final int PRIORITY = 100;

    private final String run;
    private final Optional<Checkpoints> checkpoints;
    private final Runnable hook = this::write;
    private volatile @Nullable RoundState latest;

    /** Watches over a run, if the driver leads it. */
    Interruption(String run, Optional<Checkpoints> checkpoints, boolean ledByDriver) {
        this.run = run;
        this.checkpoints = checkpoints;
        if (ledByDriver) {
            ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
        }
    }

    /** The state to write if the driver is interrupted now. */
    void latest(RoundState state) {
        latest = state;
    }

    @Override
    public void close() {
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
    }

    private void write() {
        RoundState state = latest;
        if (state == null) {
            return;
        }
        System.err.println("\ninterrupted in " + run + " after round " + state.rounds() + ": "
                + checkpoints
                        .map(kept -> "the state is in " + kept.write(state) + "; the same command goes on from there")
                        .orElse("nothing is kept; train.checkpoint.dir=DIR would keep the state"));
    }
}
