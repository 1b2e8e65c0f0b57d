package org.winnow.operator;

import static org.winnow.kernel.Gemm.plain;
import static org.winnow.kernel.Gemm.transposed;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Gemm;

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
        INDArray y = Arena.array(x.dataType(), shape);
        Gemm.set(plain(rows(x, in)), transposed(w), rows(y, out));
        return y;
    }

    @Override
    public INDArray inputGradient(INDArray x, INDArray w, INDArray dy) {
        output().check(dy, "dy");
        INDArray dx = Arena.like(x);
        Gemm.set(plain(rows(dy, out)), plain(w), rows(dx, in));
        return dx;
    }

    @Override
    public void addWeightGradient(INDArray x, INDArray dy, INDArray into) {
        Gemm.add(transposed(rows(dy, out)), plain(rows(x, in)), into);
    }

    @Override
    public void weightGradient(INDArray x, INDArray dy, INDArray into) {
        Gemm.set(transposed(rows(dy, out)), plain(rows(x, in)), into);
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
        return a.rank() == 2 ? a : a.reshape('c', a.length() / width, width);
    }
}
