package org.winnow.kernel;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of numbers that lie one after the other. */
public final class Rows {
    private static final int TILE = 16;

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

    /** The transpose of so many rows of floats. */
    static float[] transposed(INDArray matrix, int rows, int columns) {
        float[] numbers = new float[rows * columns];
        Arena.flat(matrix).floats().get(numbers);
        return transposed(numbers, rows, columns);
    }

    /** An array of a shape, of so many rows, from its transpose. */
    static INDArray ofTransposed(float[] columns, int rows, long... shape) {
        INDArray array = Arena.array(DataType.FLOAT, shape);
        Arena.flat(array).floats().put(transposed(columns, columns.length / rows, rows));
        return array;
    }

    /** Tile by tile, so that what is written next to each other is read near each other. */
    private static float[] transposed(float[] from, int rows, int columns) {
        float[] into = new float[from.length];
        for (int top = 0; top < rows; top += TILE) {
            for (int left = 0; left < columns; left += TILE) {
                int bottom = Math.min(rows, top + TILE);
                for (int column = left; column < Math.min(columns, left + TILE); column++) {
                    for (int row = top; row < bottom; row++) {
                        into[column * rows + row] = from[row * columns + column];
                    }
                }
            }
        }
        return into;
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
