package org.winnow.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.winnow.check.Check;

/**
 * How fast answers come, from rows in an array to answers in an array.
 *
 * @param rowsPerSecond when asked for many at once: the median over repetitions
 * @param latencyMicros of a single row: the median, in microseconds
 */
public record Speed(double rowsPerSecond, double latencyMicros) {
    private static final double NANOS = 1e9;
    private static final double NANOS_OF_A_MICRO = 1e3;
    private static final int LEAST = 3;

    /**
     * Measures, after as long a time to warm up.
     *
     * @param answers from {@code [count, width]} in row-major order to answers
     * @param rows the rows of a batch, {@code [count, width]}
     * @param seconds that batches, and as long single rows, are measured for
     */
    public static Speed of(UnaryOperator<float[]> answers, float[] rows, int width, double seconds) {
        Check.positive(seconds, "seconds");
        Check.that(rows.length > 0 && rows.length % width == 0, "rows", "of " + width + " numbers each", rows.length);
        float[] one = Arrays.copyOf(rows, width);
        times(answers, rows, seconds / 2);
        double batch = median(times(answers, rows, seconds));
        return new Speed((double) rows.length / width / batch * NANOS, latencyMicros(answers, one, seconds));
    }

    /** How long the answer to one row takes, after as long a time to warm up; see {@link #of}. */
    public static double latencyMicros(UnaryOperator<float[]> answers, float[] row, double seconds) {
        times(answers, row, seconds / 2);
        return median(times(answers, row, seconds)) / NANOS_OF_A_MICRO;
    }

    private static List<Long> times(UnaryOperator<float[]> answers, float[] rows, double seconds) {
        List<Long> times = new ArrayList<>();
        long begin = System.nanoTime();
        while (times.size() < LEAST || System.nanoTime() - begin < seconds * NANOS) {
            long from = System.nanoTime();
            float[] answered = answers.apply(rows);
            Check.that(answered.length > 0, "answers", "at least one number", "none");
            times.add(System.nanoTime() - from);
        }
        return times;
    }

    private static double median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
