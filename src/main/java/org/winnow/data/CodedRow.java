package org.winnow.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A row of numbers as it is shuffled: all of them, or, where most are zero, those that are not and where they are.
 *
 * @param length how many numbers the row has
 * @param places of the numbers that are kept, ascending; empty if all are
 * @param values the numbers that are kept
 */
record CodedRow(int length, int[] places, double[] values) implements Serializable {
    private static final int[] ALL = new int[0];

    /** A place takes half of what a number takes. */
    private static final double MOST_SHARE = 2.0 / 3;

    static CodedRow of(double... row) {
        int count = 0;
        for (double value : row) {
            count += isKept(value) ? 1 : 0;
        }
        if (count == 0 || count >= MOST_SHARE * row.length) {
            return new CodedRow(row.length, ALL, row);
        }
        int[] places = new int[count];
        double[] values = new double[count];
        for (int place = 0, at = 0; place < row.length; place++) {
            if (isKept(row[place])) {
                places[at] = place;
                values[at++] = row[place];
            }
        }
        return new CodedRow(row.length, places, values);
    }

    /** A negative zero is kept, so that a row comes back bit by bit. */
    private static boolean isKept(double value) {
        return Double.doubleToRawLongBits(value) != 0;
    }

    /**
     * The row's numbers, which are not to be changed.
     *
     * @param room that is filled and returned, if it is as long and there is anything to fill
     */
    double[] numbers(double... room) {
        if (places.length == 0) {
            return values;
        }
        double[] numbers = room.length == length ? room : new double[length];
        Arrays.fill(numbers, 0);
        for (int i = 0; i < places.length; i++) {
            numbers[places[i]] = values[i];
        }
        return numbers;
    }

    /** The number at a place. */
    double at(int place) {
        if (places.length == 0) {
            return values[place];
        }
        int found = Arrays.binarySearch(places, place);
        return found < 0 ? 0 : values[found];
    }
}
