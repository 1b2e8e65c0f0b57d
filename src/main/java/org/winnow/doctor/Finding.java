package org.winnow.doctor;

/**
 * What an examination says: one line.
 *
 * @param cure what to do about it; empty where nothing has to be done
 */
public record Finding(Level level, String what, String cure) {
    /** How bad it is. */
    public enum Level {
        OK,
        /** It would run, but worse than it could. */
        WARNING,
        /** Jobs would fail. */
        FAILURE
    }

    static Finding ok(String what) {
        return new Finding(Level.OK, what, "");
    }

    static Finding warning(String what, String cure) {
        return new Finding(Level.WARNING, what, cure);
    }

    static Finding failure(String what, String cure) {
        return new Finding(Level.FAILURE, what, cure);
    }
}
