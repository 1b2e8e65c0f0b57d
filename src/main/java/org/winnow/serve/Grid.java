package org.winnow.serve;

import org.winnow.check.Check;

/**
 * A kernel that moves over an image.
 *
 * @param channels of the image
 * @param rows how it moves down the image
 * @param columns how it moves along its rows
 */
public record Grid(int channels, Axis rows, Axis columns) {
    public Grid {
        Check.atLeast(1, channels, "channels");
        Math.multiplyExact(channels, Math.multiplyExact(rows.size, columns.size));
    }

    /**
     * How a kernel moves along an axis.
     *
     * @param size of the image
     * @param kernel its size
     * @param stride how far it moves at a time
     * @param padding how many zeros are put before and after the image
     * @param dilation how far apart the places are that it looks at
     */
    public record Axis(int size, int kernel, int stride, int padding, int dilation) {
        public Axis {
            Check.atLeast(1, size, "size");
            Check.atLeast(1, kernel, "kernel");
            Check.atLeast(1, stride, "stride");
            Check.atLeast(0, padding, "padding");
            Check.atLeast(1, dilation, "dilation");
            Check.that(
                    span(kernel, dilation) <= size + 2L * padding,
                    "kernel",
                    "no larger than the image of " + size,
                    kernel);
        }

        private static long span(int kernel, int dilation) {
            return (kernel - 1L) * dilation + 1;
        }

        /** How many places the kernel comes to. */
        public int places() {
            return (int) ((size + 2L * padding - span(kernel, dilation)) / stride) + 1;
        }

        /** Where a position of the kernel lies at a place; outside the image it is below 0 or not below its size. */
        int at(int place, int position) {
            return place * stride + position * dilation - padding;
        }

        boolean holds(int at) {
            return at >= 0 && at < size;
        }
    }

    /** How many numbers the image has. */
    public int numbers() {
        return channels * rows.size * columns.size;
    }

    /** How many places the kernel comes to. */
    public int places() {
        return rows.places() * columns.places();
    }

    /** How many positions the kernel has in a channel. */
    public int positions() {
        return rows.kernel * columns.kernel;
    }

    /** The index of a number of the image that a position of the kernel sees at a place; -1 outside. */
    int index(int channel, int place, int position) {
        int row = row(channel, place / columns.places(), position);
        int column = columns.at(place % columns.places(), position % columns.kernel);
        return row >= 0 && columns.holds(column) ? row + column : -1;
    }

    /** The index of the first number of the image's row that a position of the kernel sees in a row of places; -1 outside. */
    int row(int channel, int rowOfPlaces, int position) {
        int row = rows.at(rowOfPlaces, position / columns.kernel);
        return rows.holds(row) ? (channel * rows.size + row) * columns.size : -1;
    }
}
