package org.winnow.operator;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.Check;

/**
 * {@code y_o = sum_ij w_oij x1_i x2_j}, on the last axis of two inputs that are joined there: a linear map of their outer
 * product.
 *
 * @param in1 the size of the first input's last axis
 * @param in2 the size of the second's
 * @param out the size of y's last axis; the weight is {@code [out, in1, in2]}
 */
public record Bilinear(int in1, int in2, int out) implements Operator {
    public Bilinear {
        Check.atLeast(1, in1, "in1");
        Check.atLeast(1, in2, "in2");
        Check.atLeast(1, out, "out");
        Math.multiplyExact(in1, in2);
    }

    @Override
    public Features input() {
        return Features.last(in1, in2);
    }

    @Override
    public Features output() {
        return Features.last(out);
    }

    @Override
    public long[] weightShape() {
        return new long[] {out, in1, in2};
    }

    @Override
    public long[] unitShape(Unit unit) {
        return unit == Unit.WEIGHT ? weightShape() : new long[] {out, 1, 1};
    }

    @Override
    public long[] outputShape(long... inputShape) {
        return input().replacedBy(output(), inputShape);
    }

    @Override
    public INDArray apply(INDArray x, INDArray w) {
        long[] shape = outputShape(x.shape());
        return linear().apply(product(x), matrix(w)).reshape('c', shape);
    }

    @Override
    public INDArray inputGradient(INDArray x, INDArray w, INDArray dy) {
        INDArray product = product(x);
        INDArray dProduct =
                linear().inputGradient(product, matrix(w), rows(dy, out)).reshape('c', product.size(0), in1, in2);
        INDArray dx1 = dProduct.mul(second(x)).sum(2);
        INDArray dx2 = dProduct.mul(first(x)).sum(1);
        return Nd4j.concat(1, dx1, dx2).reshape('c', x.shape());
    }

    @Override
    public void addWeightGradient(INDArray x, INDArray dy, INDArray into) {
        INDArray dw = Nd4j.zeros(x.dataType(), out, (long) in1 * in2);
        linear().addWeightGradient(product(x), rows(dy, out), dw);
        into.addi(dw.reshape('c', into.shape()));
    }

    @Override
    public Operator ofSquares() {
        return this;
    }

    @Override
    public INDArray weightsOfInputs(INDArray perInput) {
        INDArray product = first(perInput).mul(second(perInput));
        return product.broadcast(weightShape());
    }

    private Linear linear() {
        return new Linear(in1 * in2, out);
    }

    private INDArray matrix(INDArray w) {
        return w.reshape('c', out, (long) in1 * in2);
    }

    /** {@code [n, in1 in2]}. */
    private INDArray product(INDArray x) {
        return rows(first(x).mul(second(x)), in1 * in2);
    }

    private INDArray first(INDArray x) {
        return input().part(rows(x, in1 + in2), 0, 0).reshape('c', -1, in1, 1);
    }

    private INDArray second(INDArray x) {
        return input().part(rows(x, in1 + in2), 1, 0).reshape('c', -1, 1, in2);
    }

    private static INDArray rows(INDArray a, int width) {
        return a.reshape('c', a.length() / width, width);
    }
}
