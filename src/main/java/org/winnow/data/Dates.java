package org.winnow.data;

import java.util.Collection;
import java.util.regex.Pattern;

/** Dates and times as data files write them. */
final class Dates {
    private static final String MONTH =
            "(jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\\p{L}*\\.?";

    private static final String TIME = "\\d{1,2}:\\d{2}(:\\d{2}.*)?( ?[ap]\\.?m\\.?)?";
    private static final Pattern ONE = Pattern.compile(
            String.join(
                    "|",
                    "\\d{4}([-/.])\\d{1,2}\\1\\d{1,2}([t ].*)?",
                    "\\d{1,2}([-/.])\\d{1,2}\\3(\\d{4}|\\d{2})?( .*)?",
                    "\\d{1,2}\\.?[- ]?" + MONTH + "([- ]?\\d{2,4})?([ :].*)?",
                    MONTH + " \\d{1,2}(,? \\d{4})?( .*)?",
                    "(19|20)\\d{2}-?(q[1-4]|w\\d{2}|\\d{2})",
                    TIME),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private Dates() {}

    /** Whether all of these are. */
    static boolean are(Collection<String> texts) {
        return texts.stream().allMatch(text -> ONE.matcher(text).matches());
    }
}
