package org.winnow.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = max(z, 0)}. */
public final class Rectifier {
    private Rectifier() {}

    /** Rectifies an array in place; returns it. */
    public static INDArray apply(INDArray z) {
        for (Strips at = Strips.over(z); at.next(); ) {
            at.write(z, at.read(z).max(0));
        }
        return z;
    }

    /** {@code dL/dz} from y and {@code dL/dy}: 0 where y is 0. */
    public static INDArray gradient(INDArray y, INDArray dy) {
        INDArray dz = Arena.like(y);
        for (Strips at = Strips.over(y); at.next(); ) {
            at.write(dz, at.read(y).above(0).mul(at.read(dy)));
        }
        return dz;
    }
}
