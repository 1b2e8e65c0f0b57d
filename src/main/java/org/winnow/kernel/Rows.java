package org.winnow.kernel;

import java.nio.FloatBuffer;
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
        int width = (int) matrix.size(1);
        INDArray sum = Arena.array(matrix.dataType(), width);
        if (matrix.dataType() == DataType.FLOAT) {
            sum.data().asNioFloat().put(floats(new Flat(matrix), width));
        } else {
            sum.assign(matrix.sum(0));
        }
        return sum;
    }

    private static float[] floats(Flat matrix, int width) {
        float[] sum = new float[width];
        float[] row = new float[width];
        FloatBuffer from = matrix.floats();
        while (from.hasRemaining()) {
            from.get(row);
            for (int i = 0; i < width; i++) {
                sum[i] += row[i];
            }
        }
        return sum;
    }
}
