package org.winnow.report;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A line of progress: rewritten in place on a terminal and cut to its width, and printed whole at most once a second
 * elsewhere, the last always.
 */
public final class Progress {
    private static final long NANOS_BETWEEN_LINES = 1_000_000_000L;

    private final PrintStream out;
    private final int columns;
    private long lastPrinted;
    private int lastLength;

    private Progress(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
        this.lastPrinted = System.nanoTime() - NANOS_BETWEEN_LINES;
    }

    /** Progress on standard error; the scripts say in WINNOW_COLUMNS how wide a terminal it is, if it is one. */
    public static Progress onStandardError() {
        String columns = System.getenv().getOrDefault("WINNOW_COLUMNS", "");
        return on(System.err, columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : 0);
    }

    /** Progress on a stream; 0 columns: it is no terminal. */
    static Progress on(PrintStream out, int columns) {
        return new Progress(out, columns);
    }

    /** Shows a line, or a shorter form of it where the terminal is narrow; {@code last} ends it. */
    public void show(String line, String shorter, boolean last) {
        if (columns > 0) {
            String fitting = line.length() < columns ? line : shorter;
            String cut = fitting.substring(0, Math.min(fitting.length(), columns - 1));
            String padding = " ".repeat(Math.max(0, lastLength - cut.length()));
            out.print("\r" + cut + padding + (last ? "\n" : ""));
            out.flush();
            lastLength = last ? 0 : cut.length();
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
