package org.winnow.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;

/**
 * Products of matrices, float or double, by the BLAS that ND4J brings, without what ND4J's own {@code gemm} does before
 * and after: straight from where the factors are to where the product is wanted.
 */
public final class Gemm {
    private Gemm() {}

    /** A factor, with the transpose of it if that is meant. */
    public record Factor(INDArray matrix, boolean transposed) {
        long rows() {
            return matrix.size(transposed ? 1 : 0);
        }

        long columns() {
            return matrix.size(transposed ? 0 : 1);
        }

        Factor transpose() {
            return new Factor(matrix, !transposed);
        }
    }

    /** A matrix as it is. */
    public static Factor plain(INDArray matrix) {
        return new Factor(matrix, false);
    }

    /** The transpose of a matrix. */
    public static Factor transposed(INDArray matrix) {
        return new Factor(matrix, true);
    }

    /** {@code c = a b}. */
    public static void set(Factor a, Factor b, INDArray c) {
        product(a, b, 0, c);
    }

    /** {@code c = c + a b}. */
    public static void add(Factor a, Factor b, INDArray c) {
        product(a, b, 1, c);
    }

    private static void product(Factor a, Factor b, double beta, INDArray c) {
        Check.that(
                a.columns() == b.rows() && a.rows() == c.size(0) && b.columns() == c.size(1),
                "matrices",
                "of shapes that multiply",
                a.rows() + "x" + a.columns() + " by " + b.rows() + "x" + b.columns() + " to " + c.size(0) + "x"
                        + c.size(1));
        if (rowMajor(c)) {
            call(a, b, beta, c);
        } else if (columnMajor(c)) {
            call(b.transpose(), a.transpose(), beta, c.transpose());
        } else {
            INDArray dense = c.dup('c');
            call(a, b, beta, dense);
            c.assign(dense);
        }
    }

    private static void call(Factor a, Factor b, double beta, INDArray c) {
        Operand left = Operand.of(a);
        Operand right = Operand.of(b);
        int rows = (int) c.size(0);
        int columns = (int) c.size(1);
        int inner = (int) a.columns();
        int step = leadingStride(c, 0);
        Pointer into = c.data().addressPointer();
        Reachable.during(() -> call(left, right, rows, columns, inner, beta, into, step), left, right, c);
    }

    private static void call(
            Operand left, Operand right, int rows, int columns, int inner, double beta, Pointer into, int step) {
        if (left.array.dataType() == DataType.FLOAT) {
            cblas_sgemm(
                    CblasRowMajor,
                    left.transpose,
                    right.transpose,
                    rows,
                    columns,
                    inner,
                    1,
                    (FloatPointer) left.numbers,
                    left.step,
                    (FloatPointer) right.numbers,
                    right.step,
                    (float) beta,
                    (FloatPointer) into,
                    step);
        } else {
            cblas_dgemm(
                    CblasRowMajor,
                    left.transpose,
                    right.transpose,
                    rows,
                    columns,
                    inner,
                    1,
                    (DoublePointer) left.numbers,
                    left.step,
                    (DoublePointer) right.numbers,
                    right.step,
                    beta,
                    (DoublePointer) into,
                    step);
        }
    }

    /** Whether rows lie one after the other, maybe with gaps. */
    private static boolean rowMajor(INDArray a) {
        return (a.stride(1) == 1 || a.size(1) == 1) && (a.stride(0) >= a.size(1) || a.size(0) == 1);
    }

    private static boolean columnMajor(INDArray a) {
        return (a.stride(0) == 1 || a.size(0) == 1) && (a.stride(1) >= a.size(0) || a.size(1) == 1);
    }

    /** Numbers from a row to the next, or, for axis 1, from a column to the next; what it is does not matter for one. */
    private static int leadingStride(INDArray a, int axis) {
        return Math.toIntExact(a.size(axis) == 1 ? Math.max(1, a.size(1 - axis)) : a.stride(axis));
    }

    /** A factor as BLAS sees it. */
    private record Operand(INDArray array, int transpose, Pointer numbers, int step) {
        static Operand of(Factor factor) {
            INDArray matrix = factor.matrix();
            boolean byColumns = !rowMajor(matrix) && columnMajor(matrix);
            INDArray dense = rowMajor(matrix) || byColumns ? matrix : matrix.dup('c');
            return new Operand(
                    dense,
                    factor.transposed() == byColumns ? CblasNoTrans : CblasTrans,
                    dense.data().addressPointer(),
                    leadingStride(dense, byColumns ? 1 : 0));
        }
    }
}
