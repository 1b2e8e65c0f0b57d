package org.winnow.check;

import java.util.Locale;
import java.util.regex.Pattern;

/** Texts of users, such as names of columns and cells, on a terminal. */
public final class Shown {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009F&&[^\n\t]]");

    private Shown() {}

    /** A text whose control characters are written out, so that they do nothing to a terminal: {@code \\u001b}. */
    public static String plain(String text) {
        return CONTROL.matcher(text)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }
}
