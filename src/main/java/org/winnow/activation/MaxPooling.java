package org.winnow.activation;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Arena;
import org.winnow.kernel.FloatMatrix;

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
        for (int plane = 0; plane < planes.count; plane++) {
            planes.find(plane);
            from.get(plane * ofWindows.length, ofWindows);
            Arrays.fill(ofPlane, 0);
            for (int i = 0; i < ofWindows.length; i++) {
                ofPlane[place(planes.found[i])] += ofWindows[i];
            }
            into.put(plane * ofPlane.length, ofPlane);
        }
        return dx;
    }

    /** The planes of an array, and the largest number of each window of one of them. */
    private final class Planes {
        private final INDArray dense;
        private final FloatBuffer memory;
        private final int width;
        private final int size;
        private final int count;
        private final int windows;
        private final int windowsAcross;
        private final float[] numbers;
        private final long[] found;

        Planes(INDArray x) {
            Check.that(x.dataType() == DataType.FLOAT, "x", "of floats", x.dataType());
            long[] shape = outputShape(x.shape());
            dense = FloatMatrix.rowMajor(x);
            memory = FloatMatrix.memory(dense);
            width = Math.toIntExact(x.size(3));
            size = Math.toIntExact(x.size(2) * width);
            count = Math.toIntExact(x.size(0) * x.size(1));
            windowsAcross = Math.toIntExact(shape[3]);
            windows = Math.toIntExact(shape[2] * windowsAcross);
            numbers = new float[size];
            found = new long[windows];
        }

        /** Numbers with their places, as integers of the same order, so that no branch is needed to choose. */
        void find(int plane) {
            memory.get(plane * size, numbers);
            Arrays.fill(found, Long.MIN_VALUE);
            for (int corner = 0; corner < kernel * kernel; corner++) {
                int first = corner / kernel * width + corner % kernel;
                for (int window = 0; window < windows; window += windowsAcross) {
                    compare(window, first + window / windowsAcross * stride * width);
                }
            }
        }

        /** Takes one number of each window of a row of them for the largest, if it is larger. */
        private void compare(int window, int from) {
            for (int i = 0; i < windowsAcross; i++) {
                int at = from + i * stride;
                found[window + i] = Math.max(found[window + i], withPlace(numbers[at], at));
            }
        }
    }

    /** Of two numbers the larger one, of equal ones the first, is the larger integer. */
    private static long withPlace(float value, int place) {
        return (long) ordered(Float.floatToRawIntBits(value + 0f)) << Integer.SIZE | (~place & 0xffffffffL);
    }

    private static float value(long withPlace) {
        return Float.intBitsToFloat(ordered((int) (withPlace >> Integer.SIZE)));
    }

    private static int place(long withPlace) {
        return ~(int) withPlace;
    }

    /** Bits of a float as an integer of the same order, and back. */
    private static int ordered(int bits) {
        return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
    }
}
