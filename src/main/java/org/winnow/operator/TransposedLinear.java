package org.winnow.operator;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Linear} with the transposed weight {@code [in, out]}, the "Conv1D" of GPT models (Radford et al. 2019).
 *
 * @param in the size of x's last axis
 * @param out the size of y's last axis
 */
public record TransposedLinear(int in, int out) implements Operator {
    public TransposedLinear {
        new Linear(in, out);
    }

    private Linear linear() {
        return new Linear(in, out);
    }

    @Override
    public Features input() {
        return linear().input();
    }

    @Override
    public Features output() {
        return linear().output();
    }

    @Override
    public long[] weightShape() {
        return new long[] {in, out};
    }

    @Override
    public long[] unitShape(Unit unit) {
        return unit == Unit.WEIGHT ? weightShape() : new long[] {1, out};
    }

    @Override
    public long[] outputShape(long... inputShape) {
        return linear().outputShape(inputShape);
    }

    @Override
    public INDArray apply(INDArray x, INDArray w) {
        return linear().apply(x, w.transpose());
    }

    @Override
    public INDArray inputGradient(INDArray x, INDArray w, INDArray dy) {
        return linear().inputGradient(x, w.transpose(), dy);
    }

    @Override
    public void addWeightGradient(INDArray x, INDArray dy, INDArray into) {
        linear().addWeightGradient(x, dy, into.transpose());
    }

    @Override
    public Operator ofSquares() {
        return this;
    }

    @Override
    public INDArray weightsOfInputs(INDArray perInput) {
        return perInput.reshape('c', in, 1).broadcast(in, out);
    }
}
