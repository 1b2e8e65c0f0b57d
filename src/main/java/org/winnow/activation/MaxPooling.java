package org.winnow.activation;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Arena;
import org.winnow.kernel.FloatMatrix;
import org.winnow.kernel.Kernel;
import org.winnow.kernel.Reachable;

/**
 * The largest number of each window of the last two axes, {@code [batch, channels, height, width]}; windows that would
 * reach over the end are left out. A gradient goes to the first of equally large numbers. Of floats only.
 *
 * @param kernel the size of windows, height and width alike
 * @param stride how far it is from one window to the next
 */
public record MaxPooling(int kernel, int stride) implements Activation {
    public MaxPooling {
        Check.atLeast(1, kernel, "kernel");
        Check.atLeast(1, stride, "stride");
    }

    /** Windows of two numbers each way, side by side. */
    public MaxPooling() {
        this(2, 2);
    }

    @Override
    public long[] outputShape(long... inputShape) {
        Check.that(
                inputShape.length == 4 && inputShape[2] >= kernel && inputShape[3] >= kernel,
                "x",
                "[batch, channels, height, width] of at least " + kernel + " each way",
                "shape " + Arrays.toString(inputShape));
        long[] shape = inputShape.clone();
        shape[2] = (inputShape[2] - kernel) / stride + 1;
        shape[3] = (inputShape[3] - kernel) / stride + 1;
        return shape;
    }

    @Override
    public INDArray apply(INDArray x) {
        Planes planes = new Planes(x);
        INDArray y = Arena.array(DataType.FLOAT, outputShape(x.shape()));
        FloatBuffer into = FloatMatrix.memory(y);
        float[] largest = new float[planes.windows];
        for (int plane = 0; plane < planes.count; plane++) {
            planes.find(plane);
            for (int i = 0; i < largest.length; i++) {
                largest[i] = value(planes.found[i]);
            }
            into.put(plane * largest.length, largest);
        }
        return y;
    }

    @Override
    public INDArray gradient(INDArray x, INDArray dy) {
        Planes planes = new Planes(x);
        INDArray dense = FloatMatrix.rowMajor(dy);
        FloatBuffer from = FloatMatrix.memory(dense);
        INDArray dx = Arena.like(x);
        FloatBuffer into = FloatMatrix.memory(dx);
        float[] ofWindows = new float[planes.windows];
        float[] ofPlane = new float[planes.size];
        Runnable placing = () -> {
            for (int plane = 0; plane < planes.count; plane++) {
                planes.find(plane);
                from.get(plane * ofWindows.length, ofWindows);
                Arrays.fill(ofPlane, 0);
                for (int i = 0; i < ofWindows.length; i++) {
                    ofPlane[place(planes.found[i])] += ofWindows[i];
                }
                into.put(plane * ofPlane.length, ofPlane);
            }
        };
        Reachable.during(placing, dense);
        return dx;
    }

    /** The planes of an array, and the largest number of each window of one of them. */
    private final class Planes {
        /** Whose memory this is, which goes with it. */
        private final INDArray dense;

        private final IntBuffer memory;
        private final int width;
        private final int size;
        private final int count;
        private final int windows;
        private final int bands;
        /** Where windows begin among the largest numbers of columns. */
        private final int[] begins;

        private final int[] numbers;
        private final long[] ofColumns;
        private final long[] found;

        Planes(INDArray x) {
            Check.that(x.dataType() == DataType.FLOAT, "x", "of floats", x.dataType());
            long[] shape = outputShape(x.shape());
            dense = FloatMatrix.rowMajor(x);
            memory = FloatMatrix.bits(dense);
            width = Math.toIntExact(x.size(3));
            size = Math.toIntExact(x.size(2) * width);
            count = Math.toIntExact(x.size(0) * x.size(1));
            int across = Math.toIntExact(shape[3]);
            bands = Math.toIntExact(shape[2]);
            windows = Math.multiplyExact(bands, across);
            begins = new int[windows];
            Arrays.setAll(begins, i -> i / across * width + i % across * stride);
            numbers = new int[size + Kernel.MULTIPLE];
            ofColumns = new long[bands * width + Kernel.MULTIPLE];
            found = new long[windows];
        }

        /** Numbers with their places, as integers of the same order, so that no branch is needed to choose. */
        void find(int plane) {
            memory.get(plane * size, numbers, 0, size);
            order(numbers);
            Kernel.current().largest(numbers, width, kernel, stride, bands, ofColumns);
            Arrays.fill(found, Long.MIN_VALUE);
            for (int column = 0; column < kernel; column++) {
                compare(ofColumns, begins, column, found);
            }
        }
    }

    /** Takes the number so far from the beginning of each window for the largest, if it is larger. */
    private static void compare(long[] numbers, int[] begins, int away, long[] found) {
        for (int i = 0; i < found.length; i++) {
            found[i] = Math.max(found[i], numbers[begins[i] + away]);
        }
    }

    /** From bits of floats to integers of the same order; 0 and -0 become the same. */
    private static void order(int[] bits) {
        for (int i = 0; i < bits.length; i++) {
            int ordered = bits[i] ^ ((bits[i] >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
            bits[i] = ordered + (((~ordered - 1) & ordered) >>> (Integer.SIZE - 1));
        }
    }

    private static float value(long found) {
        int ordered = (int) (found >> Integer.SIZE);
        return Float.intBitsToFloat(ordered ^ ((ordered >> (Integer.SIZE - 1)) & Integer.MAX_VALUE));
    }

    private static int place(long found) {
        return ~(int) found;
    }
}
