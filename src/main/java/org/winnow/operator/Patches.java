package org.winnow.operator;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Views;

/** What a kernel sees of {@code x [batch, channels, positions...]} as it moves: "im2col", and its transpose "col2im". */
final class Patches {
    private final List<Window> windows;
    private final long[] xShape;
    private final long[] yShape;
    private final int kernelPositions;

    /**
     * The patches of x for a convolution to y.
     *
     * @param yShape only batch and positions matter
     */
    Patches(List<Window> windows, long[] xShape, long[] yShape) {
        this.windows = windows;
        this.xShape = xShape;
        this.yShape = yShape;
        this.kernelPositions = windows.stream().mapToInt(Window::kernel).reduce(1, Math::multiplyExact);
    }

    /** {@code [channels * positions of the kernel, batch * positions of y]}. */
    INDArray of(INDArray x) {
        INDArray padded = x;
        if (windows.stream().anyMatch(window -> window.padding() > 0)) {
            padded = Nd4j.zeros(x.dataType(), paddedShape());
            inner(padded).assign(x);
        }
        INDArray patches = Nd4j.createUninitialized(x.dataType(), shape(), 'c');
        for (int position = 0; position < kernelPositions; position++) {
            Views.point(patches, 1, position).assign(seen(padded, position));
        }
        return patches.reshape('c', xShape[1] * kernelPositions, -1);
    }

    /** The sum, at each place of x, of what patches hold of it. */
    INDArray sum(INDArray patches) {
        INDArray byPosition = patches.reshape('c', shape());
        INDArray padded = Nd4j.zeros(patches.dataType(), paddedShape());
        INDArray ofPosition = padded.dup();
        for (int position = 0; position < kernelPositions; position++) {
            // Adding to a strided view takes ten times as long as assigning to it.
            ofPosition.assign(0);
            seen(ofPosition, position).assign(Views.point(byPosition, 1, position));
            padded.addi(ofPosition);
        }
        return inner(padded).dup('c');
    }

    /** A view with channels before the batch. */
    static INDArray swap(INDArray a) {
        int[] axes = new int[a.rank()];
        Arrays.setAll(axes, axis -> axis < 2 ? 1 - axis : axis);
        return a.permute(axes);
    }

    /** {@code shape} with its first two sizes swapped. */
    static long[] swapped(long... shape) {
        long[] swapped = shape.clone();
        swapped[0] = shape[1];
        swapped[1] = shape[0];
        return swapped;
    }

    /** What one position of the kernel sees, {@code [channels, batch, positions of y...]}: a view. */
    private INDArray seen(INDArray padded, int kernelPosition) {
        INDArray seen = padded;
        int rest = kernelPosition;
        for (int axis = windows.size() - 1; axis >= 0; axis--) {
            Window window = windows.get(axis);
            long from = (long) (rest % window.kernel()) * window.dilation();
            seen = Views.interval(seen, axis + 2, from, yShape[axis + 2], window.stride());
            rest /= window.kernel();
        }
        return swap(seen);
    }

    /** x within its padding: a view. */
    private INDArray inner(INDArray padded) {
        INDArray inner = padded;
        for (int axis = 0; axis < windows.size(); axis++) {
            inner = Views.interval(inner, axis + 2, windows.get(axis).padding(), xShape[axis + 2]);
        }
        return inner;
    }

    private long[] paddedShape() {
        long[] shape = xShape.clone();
        for (int axis = 0; axis < windows.size(); axis++) {
            shape[axis + 2] += 2L * windows.get(axis).padding();
        }
        return shape;
    }

    private long[] shape() {
        return LongStream.concat(
                        LongStream.of(xShape[1], kernelPositions, xShape[0]),
                        LongStream.of(yShape).skip(2))
                .toArray();
    }
}
