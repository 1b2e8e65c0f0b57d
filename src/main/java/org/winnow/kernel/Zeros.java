package org.winnow.kernel;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays of nothing but zeros, with which no products need be taken. */
public final class Zeros {
    private Zeros() {}

    /** Whether an array of floats, dense within its first axis, is known to be 0 throughout; false for other arrays. */
    public static boolean all(INDArray array) {
        return array.dataType() == DataType.FLOAT
                && array.rank() > 1
                && FloatMatrix.isRowMajor(Views.point(array, 0, 0))
                && all(array.data().asNioFloat(), (int) array.size(0), array.stride(0), (int)
                        (array.length() / array.size(0)));
    }

    private static boolean all(FloatBuffer memory, int rows, long step, int width) {
        float[] row = new float[width];
        float[] sizes = new float[width];
        for (int i = 0; i < rows; i++) {
            memory.get(Math.toIntExact(memory.position() + i * step), row);
            for (int j = 0; j < width; j++) {
                sizes[j] += Math.abs(row[j]);
            }
            if (i == 0 && !none(sizes)) {
                return false;
            }
        }
        return none(sizes);
    }

    private static boolean none(float[] sizes) {
        for (float size : sizes) {
            if (size != 0) {
                return false;
            }
        }
        return true;
    }
}
