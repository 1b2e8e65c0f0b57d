package org.winnow.operator;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.Check;
import org.winnow.kernel.Views;

/**
 * Cross-correlation of {@code [batch, in, positions...]} in 1, 2 or 3 dimensions, as one matrix product a group with the
 * patches that the kernel sees (Chellapilla, Puri, Simard 2006): that is how doubles go; floats, {@link FloatConvolution},
 * take less memory for it. Channels are split into groups in order.
 *
 * @param in channels of x
 * @param out channels of y; the weight is {@code [out, in / groups, kernel...]}
 * @param groups divides in and out
 * @param windows one for each axis of positions, 1 to 3 of them
 */
public record Convolution(int in, int out, int groups, List<Window> windows) implements Operator {
    public Convolution {
        Check.atLeast(1, in, "in");
        Check.atLeast(1, out, "out");
        Check.that(
                groups >= 1 && in % groups == 0 && out % groups == 0,
                "groups",
                "a divisor of in = " + in + " and out = " + out,
                groups);
        windows = List.copyOf(windows);
        Check.that(!windows.isEmpty() && windows.size() <= 3, "windows", "1, 2 or 3", windows.size());
    }

    /** One group, without padding, strides or dilation. */
    public Convolution(int in, int out, int... kernel) {
        this(in, out, 1, Arrays.stream(kernel).mapToObj(Window::new).toList());
    }

    @Override
    public Features input() {
        return Features.second(in);
    }

    @Override
    public Features output() {
        return Features.second(out);
    }

    @Override
    public long[] weightShape() {
        return shape(out, in / groups, kernel());
    }

    @Override
    public long[] unitShape(Unit unit) {
        return switch (unit) {
            case WEIGHT -> weightShape();
            case NEURON -> shape(out, 1, ones());
            case KERNEL_POSITION -> shape(out, 1, kernel());
        };
    }

    @Override
    public long[] outputShape(long... inputShape) {
        String given = "shape " + Arrays.toString(inputShape);
        int rank = windows.size() + 2;
        Check.that(inputShape.length == rank, "x", "[batch, " + in + ", " + windows.size() + " axes]", given);
        long[] shape = input().replacedBy(output(), inputShape);
        for (int axis = 0; axis < windows.size(); axis++) {
            shape[axis + 2] = windows.get(axis).positions(inputShape[axis + 2]);
        }
        return shape;
    }

    @Override
    public INDArray apply(INDArray x, INDArray w) {
        if (x.dataType() == DataType.FLOAT) {
            return new FloatConvolution(this, x.shape()).apply(x, w);
        }
        long[] shape = outputShape(x.shape());
        INDArray patches = new Patches(windows, x.shape(), shape).of(x);
        INDArray y = matrix(x.dataType(), out, patches.size(1));
        INDArray kernels = kernels(w);
        for (int g = 0; g < groups; g++) {
            Nd4j.gemm(group(kernels, g), group(patches, g), group(y, g), false, false, 1, 0);
        }
        return Patches.swap(y.reshape('c', Patches.swapped(shape))).dup('c');
    }

    @Override
    public INDArray inputGradient(INDArray x, INDArray w, INDArray dy) {
        if (x.dataType() == DataType.FLOAT) {
            return new FloatConvolution(this, x.shape()).inputGradient(w, dy);
        }
        INDArray kernels = kernels(w);
        INDArray rows = channelRows(dy);
        INDArray dPatches = matrix(x.dataType(), groups * kernels.size(1), rows.size(1));
        for (int g = 0; g < groups; g++) {
            Nd4j.gemm(group(kernels, g), group(rows, g), group(dPatches, g), true, false, 1, 0);
        }
        return new Patches(windows, x.shape(), dy.shape()).sum(dPatches);
    }

    @Override
    public void addWeightGradient(INDArray x, INDArray dy, INDArray into) {
        if (x.dataType() == DataType.FLOAT) {
            new FloatConvolution(this, x.shape()).weightGradient(x, dy, into, true);
            return;
        }
        INDArray rows = channelRows(dy);
        INDArray patches = new Patches(windows, x.shape(), dy.shape()).of(x);
        INDArray dw = matrix(x.dataType(), out, patches.size(0) / groups);
        for (int g = 0; g < groups; g++) {
            Nd4j.gemm(group(rows, g), group(patches, g), group(dw, g), false, true, 1, 0);
        }
        into.addi(dw.reshape('c', into.shape()));
    }

    @Override
    public void weightGradient(INDArray x, INDArray dy, INDArray into) {
        if (x.dataType() == DataType.FLOAT) {
            new FloatConvolution(this, x.shape()).weightGradient(x, dy, into, false);
        } else {
            Operator.super.weightGradient(x, dy, into);
        }
    }

    @Override
    public Operator ofSquares() {
        return this;
    }

    @Override
    public INDArray weightsOfInputs(INDArray perInput) {
        return perInput.reshape('c', groups, 1, in / groups)
                .broadcast(groups, out / groups, in / groups)
                .reshape('c', shape(out, in / groups, ones()))
                .broadcast(weightShape());
    }

    private INDArray kernels(INDArray w) {
        return w.reshape('c', out, w.length() / out);
    }

    /** {@code [out, batch * positions]}. */
    private INDArray channelRows(INDArray dy) {
        return Patches.swap(dy).dup('c').reshape('c', out, dy.length() / out);
    }

    /** The rows of a group. */
    private INDArray group(INDArray matrix, int g) {
        long rows = matrix.size(0) / groups;
        return groups == 1 ? matrix : Views.interval(matrix, 0, g * rows, rows);
    }

    private long[] kernel() {
        return windows.stream().mapToLong(Window::kernel).toArray();
    }

    private long[] ones() {
        return windows.stream().mapToLong(window -> 1).toArray();
    }

    private static long[] shape(long first, long second, long... others) {
        return LongStream.concat(LongStream.of(first, second), LongStream.of(others))
                .toArray();
    }

    private static INDArray matrix(DataType type, long rows, long columns) {
        return Nd4j.createUninitialized(type, new long[] {rows, columns}, 'c');
    }
}
