package org.winnow.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;

/**
 * A block of a matrix of floats outside the heap, for products of many small matrices: a view of it costs less than an
 * array of ND4J's.
 *
 * @param numbers begins at the first
 * @param step from a row to the next
 */
public record FloatMatrix(FloatPointer numbers, int rows, int columns, int step) {
    /** The memory of an array in row-major order, as so many rows. */
    public static FloatMatrix of(INDArray array, long rows) {
        int columns = Math.toIntExact(array.length() / rows);
        return new FloatMatrix(new FloatPointer(memory(array)), Math.toIntExact(rows), columns, columns);
    }

    /** The memory of an array of floats in row-major order, from its first number on. */
    public static FloatBuffer memory(INDArray array) {
        Check.that(isRowMajor(array), "array", "in row-major order", array.shapeInfoToString());
        FloatBuffer all = array.data().asNioFloat();
        return all.slice(all.position(), Math.toIntExact(array.length()));
    }

    /** The bits of an array of floats in row-major order, from its first number on. */
    public static IntBuffer bits(INDArray array) {
        Check.that(isRowMajor(array), "array", "in row-major order", array.shapeInfoToString());
        // Unlike its floats, a buffer's bytes begin with those before a view.
        int first = array.data().asNioFloat().position();
        ByteBuffer all = array.data().asNio().order(ByteOrder.nativeOrder());
        return all.asIntBuffer().slice(first, Math.toIntExact(array.length()));
    }

    /** The array itself if its numbers lie in row-major order, otherwise a copy, to be kept {@link Reachable} while in use. */
    public static INDArray rowMajor(INDArray array) {
        return isRowMajor(array) ? array : array.dup('c');
    }

    /** Whatever ND4J has for the stride of an axis of one place. */
    static boolean isRowMajor(INDArray array) {
        long stride = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != stride) {
                return false;
            }
            stride *= array.size(axis);
        }
        return true;
    }

    /** A part of it. */
    public FloatMatrix block(int row, int column, int height, int width) {
        return new FloatMatrix(numbers.getPointer((long) row * step + column), height, width, step);
    }

    /** This becomes {@code a b + keep * this}. */
    public void product(FloatMatrix a, FloatMatrix b, float keep) {
        product(1, a, b, keep);
    }

    /** This becomes {@code factor a b + keep * this}. */
    public void product(float factor, FloatMatrix a, FloatMatrix b, float keep) {
        gemm(CblasNoTrans, CblasNoTrans, a.columns, factor, a, b, keep);
    }

    /** This becomes {@code a b^T + keep * this}. */
    public void productWithTransposed(FloatMatrix a, FloatMatrix b, float keep) {
        productWithTransposed(1, a, b, keep);
    }

    /** This becomes {@code factor a b^T + keep * this}. */
    public void productWithTransposed(float factor, FloatMatrix a, FloatMatrix b, float keep) {
        gemm(CblasNoTrans, CblasTrans, a.columns, factor, a, b, keep);
    }

    /** This becomes {@code a^T b + keep * this}. */
    public void productOfTransposed(FloatMatrix a, FloatMatrix b, float keep) {
        productOfTransposed(1, a, b, keep);
    }

    /** This becomes {@code factor a^T b + keep * this}. */
    public void productOfTransposed(float factor, FloatMatrix a, FloatMatrix b, float keep) {
        gemm(CblasTrans, CblasNoTrans, a.rows, factor, a, b, keep);
    }

    private void gemm(int ofA, int ofB, int inner, float factor, FloatMatrix a, FloatMatrix b, float keep) {
        cblas_sgemm(
                CblasRowMajor,
                ofA,
                ofB,
                rows,
                columns,
                inner,
                factor,
                a.numbers,
                a.step,
                b.numbers,
                b.step,
                keep,
                numbers,
                step);
    }
}
