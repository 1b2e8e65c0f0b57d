package org.winnow.bench;

/**
 * What a training step costs at least on this machine.
 *
 * @param flops of its matrix products
 * @param seconds that those take by themselves
 */
public record Floor(double flops, double seconds) {
    /** The floor of a kind's step, measured. */
    public static Floor of(LayerKind kind, int batch) {
        return new Floor(kind.products().flops(batch), kind.products().seconds(batch));
    }
}
