package org.winnow.operator;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Arena;
import org.winnow.kernel.FloatMatrix;
import org.winnow.kernel.Reachable;

/**
 * {@link ComplexOperator} of a {@link Linear} map, for floats: products straight from and to the halves of arrays, where
 * the real and the imaginary parts are.
 *
 * @param base the real map
 * @param realInput whether the imaginary parts of x are 0, so that there are no products of theirs
 */
record FloatComplexLinear(Linear base, boolean realInput) {
    /** The parts of complex numbers. */
    private record Parts(FloatMatrix real, FloatMatrix imaginary) {
        /** Of rows that have the real parts first. */
        static Parts ofRows(INDArray array, int width) {
            FloatMatrix all = FloatMatrix.of(array, array.length() / (2L * width));
            return new Parts(all.block(0, 0, all.rows(), width), all.block(0, width, all.rows(), width));
        }

        /** Of weights, all real parts of which come first. */
        static Parts ofWeights(INDArray array, int rows, int columns) {
            FloatMatrix all = FloatMatrix.of(array, 2L * rows);
            return new Parts(all.block(0, 0, rows, columns), all.block(rows, 0, rows, columns));
        }
    }

    INDArray apply(INDArray x, INDArray w, long... shape) {
        INDArray y = Arena.array(DataType.FLOAT, shape);
        INDArray denseX = FloatMatrix.rowMajor(x);
        INDArray denseW = FloatMatrix.rowMajor(w);
        Parts of = Parts.ofRows(denseX, base.in());
        Parts weight = Parts.ofWeights(denseW, base.out(), base.in());
        Parts into = Parts.ofRows(y, base.out());
        Runnable products = () -> {
            into.real.productWithTransposed(of.real, weight.real, 0);
            into.imaginary.productWithTransposed(of.real, weight.imaginary, 0);
            if (!realInput) {
                into.real.productWithTransposed(-1, of.imaginary, weight.imaginary, 1);
                into.imaginary.productWithTransposed(of.imaginary, weight.real, 1);
            }
        };
        Reachable.during(products, denseX, denseW);
        return y;
    }

    INDArray inputGradient(INDArray x, INDArray w, INDArray dy) {
        INDArray dx = Arena.like(x);
        INDArray denseY = FloatMatrix.rowMajor(dy);
        INDArray denseW = FloatMatrix.rowMajor(w);
        Parts of = Parts.ofRows(denseY, base.out());
        Parts weight = Parts.ofWeights(denseW, base.out(), base.in());
        Parts into = Parts.ofRows(dx, base.in());
        Runnable products = () -> {
            into.real.product(of.real, weight.real, 0);
            into.real.product(of.imaginary, weight.imaginary, 1);
            into.imaginary.product(of.imaginary, weight.real, 0);
            into.imaginary.product(-1, of.real, weight.imaginary, 1);
        };
        Reachable.during(products, denseY, denseW);
        return dx;
    }

    /** Sets an array to the gradient of the weight, or adds it. */
    void weightGradient(INDArray x, INDArray dy, INDArray into, boolean adds) {
        INDArray denseX = FloatMatrix.rowMajor(x);
        INDArray denseY = FloatMatrix.rowMajor(dy);
        INDArray dense = FloatMatrix.rowMajor(into);
        Parts of = Parts.ofRows(denseX, base.in());
        Parts ofY = Parts.ofRows(denseY, base.out());
        Parts weight = Parts.ofWeights(dense, base.out(), base.in());
        int keep = adds ? 1 : 0;
        Runnable products = () -> {
            weight.real.productOfTransposed(ofY.real, of.real, keep);
            weight.imaginary.productOfTransposed(ofY.imaginary, of.real, keep);
            if (!realInput) {
                weight.real.productOfTransposed(ofY.imaginary, of.imaginary, 1);
                weight.imaginary.productOfTransposed(-1, ofY.real, of.imaginary, 1);
            }
        };
        Reachable.during(products, denseX, denseY);
        if (dense != into) {
            into.assign(dense);
        }
    }
}
