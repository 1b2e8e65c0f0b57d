package org.winnow.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of numbers that lie one after the other. */
public final class Rows {
    private Rows() {}

    /** The rows chosen, in this order, as an array {@code [chosen, shape of a row...]}. */
    public static INDArray gather(float[] rows, int[] chosen, long... shapeOfRow) {
        int width = 1;
        long[] shape = new long[shapeOfRow.length + 1];
        shape[0] = chosen.length;
        for (int axis = 0; axis < shapeOfRow.length; axis++) {
            width = Math.multiplyExact(width, Math.toIntExact(shapeOfRow[axis]));
            shape[axis + 1] = shapeOfRow[axis];
        }
        INDArray gathered = Arena.array(DataType.FLOAT, shape);
        FloatBuffer into = gathered.data().asNioFloat();
        for (int row : chosen) {
            into.put(rows, Math.multiplyExact(row, width), width);
        }
        return gathered;
    }

    /** The sum of a matrix's rows. */
    public static INDArray sum(INDArray matrix) {
        return sumOfProducts((int) matrix.size(1), matrix);
    }

    /** The sum of rows of so many numbers that are products of those of some arrays; an array that is shorter repeats. */
    public static INDArray sumOfProducts(int width, INDArray... factors) {
        INDArray sum = Arena.array(factors[0].dataType(), width);
        if (sum.dataType() != DataType.FLOAT) {
            return sum.assign(product(factors)
                    .reshape('c', factors[0].length() / width, width)
                    .sum(0));
        }
        Flat[] flats = Arrays.stream(factors).map(Arena::flat).toArray(Flat[]::new);
        float[] sums = new float[width];
        float[] row = new float[width];
        float[] other = new float[width];
        for (int from = 0; from < flats[0].length(); from += width) {
            flats[0].read(row, from);
            for (int factor = 1; factor < flats.length; factor++) {
                flats[factor].read(other, from);
                multiply(row, other);
            }
            add(sums, row);
        }
        sum.data().asNioFloat().put(sums);
        return sum;
    }

    private static INDArray product(INDArray... factors) {
        INDArray product = factors[0];
        for (int factor = 1; factor < factors.length; factor++) {
            product = Strips.product(product, factors[factor]);
        }
        return product;
    }

    private static void multiply(float[] row, float[] other) {
        for (int i = 0; i < row.length; i++) {
            row[i] *= other[i];
        }
    }

    private static void add(float[] sums, float[] row) {
        for (int i = 0; i < row.length; i++) {
            sums[i] += row[i];
        }
    }
}
