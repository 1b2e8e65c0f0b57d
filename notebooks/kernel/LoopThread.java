package org.rapaio.jupyter.kernel.channels;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stands before the Java kernel's own class of this name, which starts its thread before it says that it runs: a thread that
 * looks in between ends, and the kernel never answers. Nor does a message end this one that comes before its handlers are
 * there; Jupyter sends it again a second later.
 */
public final class LoopThread extends Thread {
    private final long sleep;
    private final Runnable body;
    private volatile boolean shutdown;

    /** A thread that does this again and again, with so many milliseconds in between. */
    public LoopThread(String name, long sleep, Runnable body) {
        super(name);
        this.sleep = sleep;
        this.body = body;
    }

    @Override
    public void run() {
        try {
            while (!shutdown) {
                once();
                Thread.sleep(sleep);
            }
        } catch (InterruptedException e) {
            Logger.getLogger(getName()).info("interrupted, and so at its end");
        }
    }

    private void once() {
        try {
            body.run();
        } catch (RuntimeException e) {
            Logger.getLogger(getName()).log(Level.SEVERE, "a message was not handled", e);
        }
    }

    /** Ends it after what it is doing. */
    public void shutdown() {
        shutdown = true;
    }
}
