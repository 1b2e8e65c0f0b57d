package org.winnow.kernel;

import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
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
        INDArray source = rowMajor ? array : array.dup('c');
        double[] values = new double[Math.toIntExact(source.length())];
        long from = source.offset();
        if (source.data().indexer() instanceof FloatIndexer floats) {
            for (int i = 0; i < values.length; i++) {
                values[i] = floats.get(from + i);
            }
        } else if (source.data().indexer() instanceof DoubleIndexer doubles) {
            doubles.get(from, values);
        } else {
            throw new IllegalArgumentException("array must be of type FLOAT or DOUBLE, got " + array.dataType());
        }
        return values;
    }

    /** A new array, in the current workspace if one is open, of the type and shape of another. */
    public static INDArray like(INDArray pattern, double[] values) {
        return write(values, pattern.dataType(), pattern.shape());
    }

    /** A new array, in the current workspace if one is open. */
    public static INDArray write(double[] values, DataType type, long... shape) {
        INDArray array = Nd4j.createUninitialized(type, shape, 'c');
        long from = array.offset();
        if (array.data().indexer() instanceof FloatIndexer floats) {
            for (int i = 0; i < values.length; i++) {
                floats.put(from + i, (float) values[i]);
            }
        } else if (array.data().indexer() instanceof DoubleIndexer doubles) {
            doubles.put(from, values);
        } else {
            throw new IllegalArgumentException("type must be FLOAT or DOUBLE, got " + type);
        }
        return array;
    }
}
