package org.winnow.job;

import java.util.function.Supplier;
import org.winnow.report.Progress;

/** Shows what is going on, and for how long, every second from the third on, until it is closed. */
final class Clock implements AutoCloseable {
    private static final int MILLIS_OF_SILENCE = 2000;
    private static final int MILLIS_BETWEEN_LINES = 1000;

    private final Thread thread;

    /** @param text what is going on; the time follows */
    Clock(Progress line, Supplier<String> text) {
        long started = System.nanoTime();
        thread = new Thread(() -> tick(line, text, started), "clock");
        thread.setDaemon(true);
        thread.start();
    }

    private static void tick(Progress line, Supplier<String> text, long started) {
        try {
            for (Thread.sleep(MILLIS_OF_SILENCE); ; Thread.sleep(MILLIS_BETWEEN_LINES)) {
                String shown = text.get() + "  " + Progress.duration((System.nanoTime() - started) * 1e-9);
                line.show(shown, shown, false);
            }
        } catch (InterruptedException e) {
            // What was waited for is there.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
