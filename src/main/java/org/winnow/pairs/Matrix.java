package org.winnow.pairs;

import org.bytedeco.javacpp.FloatPointer;
import org.winnow.kernel.FloatMatrix;

/** Room for a matrix that changes its shape: filled in the heap, multiplied outside of it. */
final class Matrix implements AutoCloseable {
    private static final int LEAST_ROWS = 16;
    private static final int MOST_ROWS = 1024;
    private static final int NUMBERS = 1 << 21;

    private final FloatPointer memory;
    private final float[] numbers;

    /** So many rows of as many columns are made at a time. */
    static int strip(int columns) {
        return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, NUMBERS / Math.max(1, columns)));
    }

    /** Room for so many numbers. */
    Matrix(int most) {
        memory = new FloatPointer(Math.max(1, most));
        numbers = new float[most];
    }

    /** What is to be sent, row after row. */
    float[] numbers() {
        return numbers;
    }

    /** The numbers as a factor. */
    FloatMatrix sent(int rows, int columns) {
        memory.put(numbers, 0, rows * columns);
        return shaped(rows, columns);
    }

    private FloatMatrix shaped(int rows, int columns) {
        return new FloatMatrix(memory, rows, columns, columns);
    }

    /** Adds {@code a' b} to sums that begin at a place. */
    void addProduct(FloatMatrix a, FloatMatrix b, double[] sums, int at) {
        shaped(a.columns(), b.columns()).productOfTransposed(a, b, 0);
        int count = a.columns() * b.columns();
        memory.get(numbers, 0, count);
        for (int i = 0; i < count; i++) {
            sums[at + i] += numbers[i];
        }
    }

    /** Multiplies the first numbers by others. */
    void multiply(float[] by, int count) {
        for (int i = 0; i < count; i++) {
            numbers[i] *= by[i];
        }
    }

    @Override
    public void close() {
        memory.deallocate();
    }
}
