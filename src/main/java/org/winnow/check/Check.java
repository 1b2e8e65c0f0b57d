package org.winnow.check;

/** Checks of arguments whose messages say what, what is allowed, and what was given. */
public final class Check {
    private Check() {}

    /**
     * Requires a condition.
     *
     * @throws IllegalArgumentException "{@code name} must be {@code allowed}, got {@code got}"
     */
    public static void that(boolean holds, String name, String allowed, Object got) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + allowed + ", got " + got);
        }
    }

    /** Requires {@code 0 <= index < length}; returns it. For inner loops: a message is made only where it is needed. */
    public static long index(long length, long index, String name) {
        if (index < 0 || index >= length) {
            that(false, name, "in [0, " + length + ")", index);
        }
        return index;
    }

    /** Requires a whole number of at least {@code least}; returns it. */
    public static int atLeast(int least, int value, String name) {
        that(value >= least, name, "at least " + least, value);
        return value;
    }

    /** Requires a finite number above zero; returns it. */
    public static double positive(double value, String name) {
        that(value > 0 && Double.isFinite(value), name, "a finite number above 0", value);
        return value;
    }

    /** Requires a finite number of at least zero; returns it. */
    public static double notNegative(double value, String name) {
        that(value >= 0 && Double.isFinite(value), name, "a finite number of at least 0", value);
        return value;
    }

    /** Requires {@code low <= value <= high}; returns it. */
    public static double within(double low, double high, double value, String name) {
        that(value >= low && value <= high, name, "in [" + low + ", " + high + "]", value);
        return value;
    }

    /** Requires {@code low < value < high}; returns it. */
    public static double inside(double low, double high, double value, String name) {
        that(value > low && value < high, name, "in (" + low + ", " + high + ")", value);
        return value;
    }
}
