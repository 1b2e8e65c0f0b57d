package org.winnow.kernel;

import java.nio.Buffer;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The elements of an array, float or double, in row-major order: the memory of the array itself if that is its order, and
 * otherwise a copy.
 */
final class Flat {
    private final INDArray array;
    private final INDArray rowMajor;
    private final Buffer buffer;
    private final int first;
    private final int length;

    Flat(INDArray array) {
        this.array = array;
        rowMajor = FloatMatrix.rowMajor(array);
        DataBuffer data = rowMajor.data();
        buffer = switch (data.dataType()) {
            case FLOAT -> data.asNioFloat();
            case DOUBLE -> data.asNioDouble();
            default -> throw new IllegalArgumentException("array must be float or double, got " + data.dataType());
        };
        first = buffer.position();
        length = Math.toIntExact(array.length());
    }

    boolean isOf(INDArray other) {
        return array == other;
    }

    /** Whether this is the memory of the array itself. */
    boolean isItself() {
        return rowMajor == array;
    }

    DataType type() {
        return rowMajor.dataType();
    }

    int length() {
        return length;
    }

    /** All of them, of an array of floats. */
    FloatBuffer floats() {
        return ((FloatBuffer) buffer).duplicate().position(first).limit(first + length);
    }

    /** As many as a row has, from a place on, of an array of floats whose length is a multiple of the row's. */
    void read(float[] row, int at) {
        ((FloatBuffer) buffer).get(first + at % length, row);
    }

    /** So many from a place on, of an array of floats. */
    void read(float[] into, int at, int some) {
        ((FloatBuffer) buffer).get(first + at, into, 0, some);
    }

    /** From a place on; an array that is shorter than that repeats. */
    void read(Strip into, int at, int count) {
        int place = at % length;
        if (place + count <= length) {
            into.read(buffer, first + place, count);
        } else {
            into.readRepeating(buffer, first, length, place, count);
        }
    }

    void write(Strip from, int at, int count) {
        from.write(buffer, first + at, count);
    }

    /** Makes what was written that of the array. */
    void flush() {
        if (!isItself()) {
            array.assign(rowMajor);
        }
    }
}
