package org.winnow.bench;

import org.winnow.layer.NetworkStates;

/**
 * What a training step costs at least on this machine.
 *
 * @param flops of its matrix products
 * @param seconds that those take by themselves
 * @param bytes that the step has to move for the parameters that learn: Adam reads and writes them and its two means, and
 *     the gradient is written once and read once
 * @param bytesPerSecond that the memory moves
 */
public record Floor(double flops, double seconds, double bytes, double bytesPerSecond) {
    private static final int NUMBERS_MOVED = 8;
    private static final int MEANS = 2;

    /** The floor of a kind's step, measured. */
    public static Floor of(LayerKind kind, int batch) {
        long means = NetworkStates.restore(kind.network())
                .getUpdater()
                .getStateViewArray()
                .length();
        return new Floor(
                kind.products().flops(batch),
                kind.products().seconds(batch),
                (double) NUMBERS_MOVED * Float.BYTES * means / MEANS,
                Memory.bytesPerSecond());
    }

    /** The time of the products, and then of the bytes. */
    public double total() {
        return seconds + bytes / bytesPerSecond;
    }
}
