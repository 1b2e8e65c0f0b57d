package org.winnow.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** Between ND4J arrays, float or double, and Java arrays in row-major order (last axis fastest). */
public final class Elements {
    private Elements() {}

    /** A copy of the elements in row-major order, whatever the strides of the array. */
    public static double[] read(INDArray array) {
        boolean rowMajor = array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
        return (rowMajor ? array : array.dup('c')).data().asDouble();
    }

    /** A new array, in the current workspace if one is open, of the type and shape of another. */
    public static INDArray like(INDArray pattern, double[] values) {
        return write(values, pattern.dataType(), pattern.shape());
    }

    /** A new array, in the current workspace if one is open. */
    public static INDArray write(double[] values, DataType type, long... shape) {
        INDArray array = Nd4j.createUninitialized(type, shape, 'c');
        array.data().setData(values);
        return array;
    }
}
