package org.winnow.file;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;

/** Something that could not be written for want of room, and the room that it needs. */
public final class Unwritten extends IOException {
    private static final long serialVersionUID = 1;
    private static final int MOST_CAUSES = 50;
    private static final long KIBIBYTE = 1 << 10;
    private static final long MEBIBYTE = 1 << 20;

    /** Sizes below are told in KiB, as a checkpoint or a model has some hundred. */
    private static final long SMALL = 10 * MEBIBYTE;

    /** Tasks of Spark tell of their causes in words. */
    private static final Pattern WORDS = Pattern.compile(Unwritten.class.getName() + ": ([^\n]*)");

    /**
     * Tells of what was to be written.
     *
     * @param bytes that have to fit at the least
     * @param what needs them, such as {@code model/network.zip}
     */
    private Unwritten(long bytes, String what, Throwable cause) {
        super("at least " + size((bytes + KIBIBYTE - 1) / KIBIBYTE * KIBIBYTE) + " are needed for " + what, cause);
    }

    /** Takes a step that writes. */
    @FunctionalInterface
    public interface Step {
        void take() throws IOException;
    }

    /** How many bytes have to fit at the least. */
    @FunctionalInterface
    public interface Need {
        long bytes() throws IOException;
    }

    /**
     * Takes a step that writes.
     *
     * @throws Unwritten if it fails for want of room
     */
    public static void telling(Need need, String what, Step step) throws IOException {
        try {
            step.take();
        } catch (Exception | FSError e) {
            // Spark's exceptions are not declared.
            if (!StorageFault.isWantOfRoom(e)) {
                throw e;
            }
            long bytes;
            try {
                bytes = need.bytes();
            } catch (IOException unknown) {
                e.addSuppressed(unknown);
                throw e;
            }
            throw new Unwritten(bytes, what, e);
        }
    }

    /** The room that an error or one of its causes says is needed, in words; empty if none does. */
    public static Optional<String> need(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .map(Throwable::toString)
                .map(WORDS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    /** A number of bytes in words, whole units of it: {@code 312 KiB}, {@code 1,024 MiB}. */
    public static String size(long bytes) {
        return bytes < SMALL
                ? String.format(Locale.ROOT, "%,d KiB", bytes / KIBIBYTE)
                : String.format(Locale.ROOT, "%,d MiB", bytes / MEBIBYTE);
    }
}
