package org.winnow.report;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A line of progress: rewritten in place on a terminal, and printed at most once a second elsewhere, the last always.
 */
public final class Progress {
    private static final long NANOS_BETWEEN_LINES = 1_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private long lastPrinted;
    private int lastLength;

    private Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.lastPrinted = System.nanoTime() - NANOS_BETWEEN_LINES;
    }

    /** Progress on standard error. */
    @SuppressWarnings("SystemConsoleNull") // True for the Java that the build requires.
    public static Progress onStandardError() {
        return new Progress(System.err, System.console() != null && !"dumb".equals(System.getenv("TERM")));
    }

    static Progress on(PrintStream out, boolean terminal) {
        return new Progress(out, terminal);
    }

    /** Shows a line; {@code last} ends it. */
    public void show(String line, boolean last) {
        if (terminal) {
            String padding = " ".repeat(Math.max(0, lastLength - line.length()));
            out.print("\r" + line + padding + (last ? "\n" : ""));
            out.flush();
            lastLength = last ? 0 : line.length();
        } else if (last || System.nanoTime() - lastPrinted >= NANOS_BETWEEN_LINES) {
            lastPrinted = System.nanoTime();
            out.println(line);
        }
    }

    /** {@code 1:05} or {@code 2:01:05}. */
    public static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
