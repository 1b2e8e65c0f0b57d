package org.winnow.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;

/** Stretching of arrays as NumPy does: aligned at the last axis, axes of size 1 and absent ones repeat. */
public final class Shapes {
    private Shapes() {}

    /**
     * The array, a view or a copy, in a shape.
     *
     * @throws IllegalArgumentException naming the array, if it does not stretch so
     */
    public static INDArray stretch(INDArray array, String name, long... shape) {
        if (Arrays.equals(array.shape(), shape)) {
            return array;
        }
        int extra = shape.length - array.rank();
        long[] aligned = new long[shape.length];
        boolean fits = extra >= 0;
        for (int axis = 0; fits && axis < shape.length; axis++) {
            aligned[axis] = axis < extra ? 1 : array.size(axis - extra);
            fits = aligned[axis] == 1 || aligned[axis] == shape[axis];
        }
        Check.that(
                fits,
                name,
                "of a shape that stretches to " + Arrays.toString(shape),
                "shape " + Arrays.toString(array.shape()));
        return array.reshape('c', aligned).broadcast(shape);
    }

    /** Whether an array stretches to a shape by repeating all of it in row-major order, which {@link Strips} read as it is. */
    public static boolean repeats(INDArray array, long... shape) {
        int first = 0;
        while (first < array.rank() && array.size(first) == 1) {
            first++;
        }
        int rest = array.rank() - first;
        return array.rank() <= shape.length
                && Arrays.equals(
                        array.shape(), first, array.rank(), shape, Math.max(0, shape.length - rest), shape.length);
    }

    /** The transpose of {@link #stretch}: the sum of what goes back to the same place of a smaller shape. */
    public static INDArray sumTo(INDArray array, long... shape) {
        int extra = array.rank() - shape.length;
        int[] summed = IntStream.range(0, array.rank())
                .filter(axis -> axis < extra || (shape[axis - extra] == 1 && array.size(axis) > 1))
                .toArray();
        return (summed.length == 0 ? array : array.sum(summed)).reshape('c', shape);
    }
}
