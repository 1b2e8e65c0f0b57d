package org.winnow.activation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.winnow.kernel.Shapes;

/**
 * The end of a gated residual block, {@code y = x + sigmoid(gate) * branch}: a highway (Srivastava, Greff, Schmidhuber
 * 2015, arXiv:1505.00387) that always carries x. The gate has the shape of x, or sizes of 1 that stretch to it.
 */
public record ResidualGate() {
    /** {@code y}, a new array. */
    public INDArray apply(INDArray x, INDArray gate, INDArray branch) {
        return open(gate, branch).mul(branch).addi(x);
    }

    /** {@code dL/dx, dL/dgate, dL/dbranch}, from {@code dy = dL/dy}. */
    public List<INDArray> gradients(INDArray gate, INDArray branch, INDArray dy) {
        INDArray open = open(gate, branch);
        INDArray slope = open.mul(open.rsub(1));
        INDArray dGate = Shapes.sumTo(slope.muli(branch).muli(dy), gate.shape());
        return List.of(dy, dGate, open.muli(dy));
    }

    private static INDArray open(INDArray gate, INDArray branch) {
        return Transforms.sigmoid(Shapes.stretch(gate, "gate", branch.shape()), true);
    }
}
