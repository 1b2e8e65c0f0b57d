package org.winnow.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;

/**
 * Views of parts of an array along one axis. ND4J's own {@code get} gives an empty array instead for some parts of arrays
 * that are views themselves, as parameters of a network are: where the view begins before, and the part after, as many
 * elements as the view has.
 */
public final class Views {
    private Views() {}

    /** So many places of an axis from one on. */
    public static INDArray interval(INDArray array, int axis, long from, long size) {
        return interval(array, axis, from, size, 1);
    }

    /** So many places of an axis from one on, a step apart. */
    public static INDArray interval(INDArray array, int axis, long from, long size, long step) {
        long[] shape = array.shape().clone();
        long[] stride = array.stride().clone();
        long offset = array.offset() + from * stride[axis];
        shape[axis] = size;
        stride[axis] *= step;
        return Arena.view(array, shape, stride, offset);
    }

    /** One place of an axis, without the axis. */
    public static INDArray point(INDArray array, int axis, long index) {
        long[] shape = without(array.shape(), axis);
        long[] stride = without(array.stride(), axis);
        long offset = array.offset() + index * array.stride(axis);
        return Arena.view(array, shape, stride, offset);
    }

    /** All of an array in another shape, in row-major order: a view if that is the array's order, otherwise a copy. */
    public static INDArray reshaped(INDArray array, long... shape) {
        INDArray dense = FloatMatrix.rowMajor(array);
        long[] stride = new long[shape.length];
        long step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            stride[axis] = step;
            step *= shape[axis];
        }
        Check.that(step == array.length(), "shape", "of " + array.length() + " numbers", Arrays.toString(shape));
        return Arena.view(dense, shape, stride, dense.offset());
    }

    private static long[] without(long[] sizes, int axis) {
        long[] others = new long[sizes.length - 1];
        System.arraycopy(sizes, 0, others, 0, axis);
        System.arraycopy(sizes, axis + 1, others, axis, others.length - axis);
        return others;
    }
}
