package org.winnow.operator;

import java.io.Serializable;
import org.winnow.check.Check;

/**
 * How a kernel moves along one axis of positions.
 *
 * @param kernel its size, at least 1
 * @param stride how far it moves at a time, at least 1
 * @param padding how many zeros are put before and after the axis, at least 0
 * @param dilation how far apart the positions are that it looks at, at least 1
 */
public record Window(int kernel, int stride, int padding, int dilation) implements Serializable {
    public Window {
        Check.atLeast(1, kernel, "kernel");
        Check.atLeast(1, stride, "stride");
        Check.atLeast(0, padding, "padding");
        Check.atLeast(1, dilation, "dilation");
    }

    /** One step at a time, without padding or dilation. */
    public Window(int kernel) {
        this(kernel, 1, 0, 1);
    }

    /**
     * How many times the kernel fits into an axis.
     *
     * @throws IllegalArgumentException if it does not
     */
    long positions(long size) {
        long span = (kernel - 1L) * dilation + 1;
        Check.that(size + 2L * padding >= span, "size of an axis", "at least " + (span - 2L * padding), size);
        return (size + 2L * padding - span) / stride + 1;
    }
}
