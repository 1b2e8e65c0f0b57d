package org.winnow.check;

import java.util.regex.Pattern;

/** Keeps passwords out of records and messages. */
public final class Secrets {
    private static final Pattern IN_PLACE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^/\\s\":@]*:[^/\\s\"@]*@");
    private static final Pattern SETTING =
            Pattern.compile("(?i)([\\w.-]*(?:secret|password|token|access\\.key)[\\w.-]*\\s*[=:]\\s*)[^\\s,;]+");

    private Secrets() {}

    /** A text with stars for a name and password before the host of a place, and for values that are called secret. */
    public static String redacted(String text) {
        return SETTING.matcher(IN_PLACE.matcher(text).replaceAll("$1***@")).replaceAll("$1***");
    }

    /**
     * Requires that a place has no name and password before its host: places are kept in records of trials.
     *
     * @param key of the configuration
     * @throws UserError if it does
     */
    public static void requireNone(String key, String place) {
        if (IN_PLACE.matcher(place).find()) {
            throw new UserError(
                    key + " must hold no name and password, as it is kept with the results; they belong into"
                            + " Spark's settings, as spark.hadoop.fs.s3a.access.key in a file for --properties-file; got "
                            + redacted(place));
        }
    }
}
