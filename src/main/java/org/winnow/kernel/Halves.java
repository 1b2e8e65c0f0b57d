package org.winnow.kernel;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;

/** Arrays of floats in row-major order as rows of two halves, as those of complex numbers are. */
public final class Halves {
    private Halves() {}

    /** Rows whose halves are those of two arrays. */
    public static INDArray join(INDArray first, INDArray second, int rows, long... shape) {
        INDArray all = Arena.array(first.dataType(), shape);
        INDArray denseFirst = FloatMatrix.rowMajor(first);
        INDArray denseSecond = FloatMatrix.rowMajor(second);
        FloatBuffer ones = FloatMatrix.memory(denseFirst);
        FloatBuffer others = FloatMatrix.memory(denseSecond);
        FloatBuffer into = FloatMatrix.memory(all);
        Check.that(
                ones.limit() == others.limit() && ones.limit() + others.limit() == into.limit(),
                "halves",
                "of half as many numbers as " + into.limit(),
                ones.limit() + " and " + others.limit());
        int half = ones.limit() / rows;
        Runnable copying = () -> {
            for (int row = 0; row < rows; row++) {
                into.put(2 * row * half, ones, row * half, half);
                into.put((2 * row + 1) * half, others, row * half, half);
            }
        };
        Reachable.during(copying, denseFirst, denseSecond);
        return all;
    }

    /** Rows whose first halves are those of an array, and whose second ones are 0. */
    public static INDArray beforeZeros(INDArray first, int rows, long... shape) {
        INDArray all = Arena.array(first.dataType(), shape);
        INDArray dense = FloatMatrix.rowMajor(first);
        FloatBuffer from = FloatMatrix.memory(dense);
        FloatBuffer into = FloatMatrix.memory(all);
        int half = from.limit() / rows;
        float[] row = new float[2 * half];
        Runnable copying = () -> {
            for (int i = 0; i < rows; i++) {
                from.get(i * half, row, 0, half);
                into.put(2 * i * half, row);
            }
        };
        Reachable.during(copying, dense);
        return all;
    }

    /** The first half of each row. */
    public static INDArray first(INDArray all, int rows, long... shape) {
        INDArray dense = FloatMatrix.rowMajor(all);
        INDArray first = Arena.array(all.dataType(), shape);
        FloatBuffer from = FloatMatrix.memory(dense);
        FloatBuffer into = FloatMatrix.memory(first);
        int half = into.limit() / rows;
        Runnable copying = () -> {
            for (int row = 0; row < rows; row++) {
                into.put(row * half, from, 2 * row * half, half);
            }
        };
        Reachable.during(copying, dense);
        return first;
    }

    /** The sum of each row's halves. */
    public static INDArray sum(INDArray all, int rows, long... shape) {
        INDArray dense = FloatMatrix.rowMajor(all);
        INDArray sums = Arena.array(all.dataType(), shape);
        FloatBuffer from = FloatMatrix.memory(dense);
        FloatBuffer into = FloatMatrix.memory(sums);
        int half = into.limit() / rows;
        float[] first = new float[half];
        float[] second = new float[half];
        Runnable adding = () -> {
            for (int row = 0; row < rows; row++) {
                from.get(2 * row * half, first).get((2 * row + 1) * half, second);
                for (int i = 0; i < half; i++) {
                    first[i] += second[i];
                }
                into.put(row * half, first);
            }
        };
        Reachable.during(adding, dense);
        return sums;
    }
}
