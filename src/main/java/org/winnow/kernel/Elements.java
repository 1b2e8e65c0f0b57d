package org.winnow.kernel;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Between ND4J arrays, float or double, and Java arrays in row-major order (last axis fastest). */
public final class Elements {
    private Elements() {}

    /** A copy of the elements in row-major order, whatever the strides of the array. */
    public static double[] read(INDArray array) {
        INDArray dense = FloatMatrix.rowMajor(array);
        return Reachable.during(() -> read(dense.data(), Math.toIntExact(array.length())), dense);
    }

    private static double[] read(DataBuffer data, int count) {
        double[] values = new double[count];
        switch (data.dataType()) {
            case FLOAT -> {
                FloatBuffer floats = data.asNioFloat();
                for (int i = 0; i < values.length; i++) {
                    values[i] = floats.get();
                }
            }
            case DOUBLE -> data.asNioDouble().get(values);
            default -> throw new IllegalArgumentException("array must be float or double, got " + data.dataType());
        }
        return values;
    }

    /** A new array, of the {@link Arena} if one is open, of the type and shape of another. */
    public static INDArray like(INDArray pattern, double[] values) {
        return write(values, pattern.dataType(), pattern.shape());
    }

    /** A new array, of the {@link Arena} if one is open; doubles are rounded to the type. */
    public static INDArray write(double[] values, DataType type, long... shape) {
        INDArray array = Arena.array(type, shape);
        switch (type) {
            case FLOAT -> {
                FloatBuffer floats = array.data().asNioFloat();
                for (double value : values) {
                    floats.put((float) value);
                }
            }
            case DOUBLE -> {
                DoubleBuffer doubles = array.data().asNioDouble();
                doubles.put(values);
            }
            default -> throw new IllegalArgumentException("type must be float or double, got " + type);
        }
        return array;
    }

    /** {@code function(a)} of every element, computed in double precision, as a new array of the same type and shape. */
    public static INDArray map(INDArray a, DoubleUnaryOperator function) {
        double[] values = read(a);
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsDouble(values[i]);
        }
        return like(a, values);
    }

    /** {@code function(a, b)} of the elements of two arrays of one shape, as a new array like the first. */
    public static INDArray map(INDArray a, INDArray b, DoubleBinaryOperator function) {
        double[] values = read(a);
        double[] others = read(b);
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsDouble(values[i], others[i]);
        }
        return like(a, values);
    }
}
