package org.winnow.report;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Numbers of the pixels of an image.
 *
 * @param id of the plot
 * @param unit of a number
 * @param max the end of the scale
 * @param values row by row
 */
record MaskMap(
        String id, String title, String note, String unit, int width, int height, double max, List<Double> values) {
    private static final int SMALLEST = 5;

    /** A square image; none if the pixels do not make one. */
    static Optional<MaskMap> square(String id, String title, String note, String unit, List<Double> values) {
        int side = (int) Math.rint(Math.sqrt(values.size()));
        if (side < SMALLEST || side * side != values.size()) {
            return Optional.empty();
        }
        double max = Math.max(Collections.max(values), Double.MIN_NORMAL);
        return Optional.of(new MaskMap(id, title, note, unit, side, side, max, values));
    }
}
