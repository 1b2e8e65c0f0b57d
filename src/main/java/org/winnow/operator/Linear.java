package org.winnow.operator;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.Check;

/**
 * {@code y = w x}, on the last axis.
 *
 * @param in the size of x's last axis
 * @param out the size of y's last axis; the weight is {@code [out, in]}
 */
public record Linear(int in, int out) implements Operator {
    public Linear {
        Check.atLeast(1, in, "in");
        Check.atLeast(1, out, "out");
    }

    @Override
    public Features input() {
        return Features.last(in);
    }

    @Override
    public Features output() {
        return Features.last(out);
    }

    @Override
    public long[] weightShape() {
        return new long[] {out, in};
    }

    @Override
    public long[] unitShape(Unit unit) {
        return unit == Unit.WEIGHT ? weightShape() : new long[] {out, 1};
    }

    @Override
    public long[] outputShape(long... inputShape) {
        return input().replacedBy(output(), inputShape);
    }

    @Override
    public INDArray apply(INDArray x, INDArray w) {
        long[] shape = outputShape(x.shape());
        INDArray y = matrix(x.dataType(), x.length() / in, out);
        Nd4j.gemm(rows(x, in), w, y, false, true, 1, 0);
        return y.reshape('c', shape);
    }

    @Override
    public INDArray inputGradient(INDArray x, INDArray w, INDArray dy) {
        output().check(dy, "dy");
        INDArray dx = matrix(x.dataType(), x.length() / in, in);
        Nd4j.gemm(rows(dy, out), w, dx, false, false, 1, 0);
        return dx.reshape('c', x.shape());
    }

    @Override
    public void addWeightGradient(INDArray x, INDArray dy, INDArray into) {
        boolean dense = into.elementWiseStride() == 1; // What gemm needs of a result.
        INDArray dw = dense ? into : Nd4j.zeros(x.dataType(), out, in);
        Nd4j.gemm(rows(dy, out), rows(x, in), dw, true, false, 1, 1);
        if (!dense) {
            into.addi(dw);
        }
    }

    @Override
    public Operator ofSquares() {
        return this;
    }

    @Override
    public INDArray weightsOfInputs(INDArray perInput) {
        return perInput.reshape('c', 1, in).broadcast(out, in);
    }

    private static INDArray rows(INDArray a, int width) {
        return a.reshape('c', a.length() / width, width);
    }

    private static INDArray matrix(DataType type, long rows, long columns) {
        return Nd4j.createUninitialized(type, new long[] {rows, columns}, 'c');
    }
}
