package org.winnow.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Metrics as people read them: digits that say something, and what to compare with. */
final class Figures {
    private static final String ERROR = "mse";

    private Figures() {}

    /** A share in four decimals, an error in four digits however large or small it is. */
    static String of(String metric, double value) {
        return String.format(Locale.ROOT, metric.equals(ERROR) ? "%.4g" : "%.4f", value);
    }

    /**
     * The same, with the share of the variance explained (R2) beside an error.
     *
     * @param baseline what an answer gets that does not look at the features: the variance; NaN where it is not known
     */
    static String of(String metric, double value, double baseline) {
        boolean explained = metric.equals(ERROR) && baseline > 0;
        return of(metric, value) + (explained ? String.format(Locale.ROOT, " (R2 %.4f)", 1 - value / baseline) : "");
    }

    /** What the metric of a trial is worth beside an answer that does not look at the features; nothing where it is not known. */
    static String besideBaseline(String metric, double value, @Nullable Double baseline) {
        if (baseline == null) {
            return "";
        }
        return metric.equals(ERROR)
                ? baseline > 0 ? String.format(Locale.ROOT, "R2 %.4f, ", 1 - value / baseline) : ""
                : "most frequent class alone " + of(metric, baseline) + ", ";
    }

    /** What to compare an accuracy with, after the others; nothing where it is not known. */
    static String alone(String metric, double baseline) {
        return metric.equals(ERROR) || Double.isNaN(baseline)
                ? ""
                : ", " + of(metric, baseline) + " for the most frequent class alone";
    }
}
