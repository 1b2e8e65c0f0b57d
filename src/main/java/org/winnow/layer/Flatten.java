package org.winnow.layer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Views;

/**
 * All features of all positions of an example as one row, in row-major order: {@code [batch, shape...]} to {@code [batch,
 * numbers]}.
 *
 * @param shape of an example
 */
public record Flatten(List<Long> shape) implements InputPreProcessor {
    public Flatten {
        shape = List.copyOf(shape);
        Check.that(shape.stream().allMatch(size -> size >= 1), "shape", "of sizes of at least 1", shape);
    }

    @Override
    public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        Check.that(
                Arrays.equals(input.shape(), withBatch(input.size(0))),
                "input",
                "[batch, " + shape + "]",
                "shape " + Arrays.toString(input.shape()));
        INDArray rows = Views.reshaped(input, input.size(0), numbers());
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, rows);
    }

    @Override
    public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        INDArray back = Views.reshaped(output, withBatch(output.size(0)));
        return workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, back);
    }

    @Override
    public InputType getOutputType(InputType input) {
        return InputType.feedForward(numbers());
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int miniBatchSize) {
        Check.that(mask == null || mask.length() == mask.size(0), "mask array", "one number for each example", mask);
        return new Pair<>(mask == null ? null : mask.reshape(mask.length(), 1), state);
    }

    @Override
    public Flatten clone() {
        return this;
    }

    private long numbers() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    private long[] withBatch(long batch) {
        return LongStream.concat(LongStream.of(batch), shape.stream().mapToLong(Long::longValue))
                .toArray();
    }
}
