package org.winnow.operator;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Arena;
import org.winnow.kernel.FloatMatrix;
import org.winnow.kernel.Reachable;

/**
 * {@link Convolution} of floats, image by image, so that patches stay in the cache. Where the kernel moves by single steps
 * along the first axis, patches are those of a kernel with one place there: what another place of it sees is the same
 * matrix some columns on, so that patches are as many times fewer (Cho, Brand 2017, "MEC", arXiv:1706.06873).
 */
final class FloatConvolution {
    /** With fewer rows than that, products for each place take longer than making all patches. */
    private static final int LEAST_ROWS = 32;

    private final Convolution op;
    private final long[] xShape;
    private final long[] yShape;
    private final int images;
    /** Places of the kernel on the first axis that have a product each; 1 if all are in the patches. */
    private final int places;
    /** Columns from what a place sees to what the next sees. */
    private final int apart;

    private final int positions;
    private final ImagePatches patches;
    private final float[] inHeap;
    /** Where patches are for products; what follows is its memory. */
    private final INDArray room;

    private final FloatBuffer outside;
    private final FloatMatrix ofPatches;

    /** For inputs of a shape. */
    FloatConvolution(Convolution op, long... xShape) {
        this.op = op;
        this.xShape = xShape;
        yShape = op.outputShape(xShape);
        images = Math.toIntExact(xShape[0]);
        Window first = op.windows().get(0);
        boolean byPlace = first.stride() == 1 && first.kernel() > 1 && op.fanIn() / first.kernel() >= LEAST_ROWS;
        places = byPlace ? first.kernel() : 1;
        apart = first.dilation() * numbers(yShape, 3);
        positions = numbers(yShape, 2);
        patches = new ImagePatches(byPlace ? withoutFirst(op.windows()) : op.windows(), xShape);
        inHeap = new float[Math.multiplyExact(patches.rows(), patches.columns())];
        room = array(patches.rows(), patches.columns());
        outside = FloatMatrix.memory(room);
        ofPatches = FloatMatrix.of(room, patches.rows());
    }

    private static List<Window> withoutFirst(List<Window> windows) {
        List<Window> others = new ArrayList<>(windows);
        others.set(0, new Window(1, 1, windows.get(0).padding(), 1));
        return others;
    }

    private static int numbers(long[] shape, int fromAxis) {
        return Math.toIntExact(Arrays.stream(shape).skip(fromAxis).reduce(1, Math::multiplyExact));
    }

    /** What a product of an image, a group and a place of the kernel works on. */
    private record Parts(FloatMatrix weight, FloatMatrix patches, FloatMatrix y, boolean firstPlace) {}

    @FunctionalInterface
    private interface Action {
        void on(Parts parts);
    }

    INDArray apply(INDArray x, INDArray w) {
        INDArray dense = FloatMatrix.rowMajor(x);
        INDArray y = array(yShape);
        FloatBuffer from = FloatMatrix.memory(dense);
        INDArray byPlace = byPlace(w);
        FloatMatrix weights = weights(byPlace);
        FloatMatrix channels = channels(y);
        Runnable products = () -> {
            for (int image = 0; image < images; image++) {
                makePatches(from, image);
                forEachPart(weights, channels, image, p -> p.y.product(p.weight, p.patches, p.firstPlace ? 0 : 1));
            }
        };
        Reachable.during(products, dense, byPlace, room);
        return y;
    }

    INDArray inputGradient(INDArray w, INDArray dy) {
        INDArray dense = FloatMatrix.rowMajor(dy);
        INDArray dx = array(xShape);
        FloatBuffer into = FloatMatrix.memory(dx);
        INDArray byPlace = byPlace(w);
        FloatMatrix weights = weights(byPlace);
        FloatMatrix channels = channels(dense);
        int keep = places > 1 ? 1 : 0;
        Runnable products = () -> {
            for (int image = 0; image < images; image++) {
                if (keep == 1) {
                    Pointer.memset(ofPatches.numbers(), 0, (long) inHeap.length * Float.BYTES);
                }
                forEachPart(weights, channels, image, p -> p.patches.productOfTransposed(p.weight, p.y, keep));
                outside.get(0, inHeap);
                patches.sum(inHeap, into, image * numbers(xShape, 1));
            }
        };
        Reachable.during(products, dense, byPlace, room);
        return dx;
    }

    /** Sets an array to the gradient of the weight, or adds it. */
    void weightGradient(INDArray x, INDArray dy, INDArray into, boolean adds) {
        INDArray denseX = FloatMatrix.rowMajor(x);
        INDArray denseY = FloatMatrix.rowMajor(dy);
        INDArray dense = FloatMatrix.rowMajor(into);
        INDArray dw = places == 1 ? dense : array(into.length());
        FloatBuffer from = FloatMatrix.memory(denseX);
        FloatMatrix weights = weights(dw);
        FloatMatrix channels = channels(denseY);
        boolean addsAtOnce = adds && places == 1;
        Runnable products = () -> {
            for (int image = 0; image < images; image++) {
                makePatches(from, image);
                int keep = image == 0 && !addsAtOnce ? 0 : 1;
                forEachPart(weights, channels, image, p -> p.weight.productWithTransposed(p.y, p.patches, keep));
            }
        };
        Reachable.during(products, denseX, denseY, room);
        if (places > 1) {
            swap(dw, dense, places, into.length() / places / afterPlaces(), adds);
        }
        if (dense != into) {
            into.assign(dense);
        }
    }

    private void makePatches(FloatBuffer x, int image) {
        patches.of(x, image * numbers(xShape, 1), inHeap);
        outside.put(0, inHeap);
    }

    private void forEachPart(FloatMatrix weights, FloatMatrix channels, int image, Action action) {
        int out = op.out() / op.groups();
        int rows = patches.rows() / op.groups();
        for (int group = 0; group < op.groups(); group++) {
            FloatMatrix y = channels.block(image * op.out() + group * out, 0, out, positions);
            for (int place = 0; place < places; place++) {
                action.on(new Parts(
                        weights.block(place * op.out() + group * out, 0, out, rows),
                        ofPatches.block(group * rows, place * apart, rows, positions),
                        y,
                        place == 0));
            }
        }
    }

    private FloatMatrix weights(INDArray byPlace) {
        return FloatMatrix.of(byPlace, (long) places * op.out());
    }

    private FloatMatrix channels(INDArray y) {
        return FloatMatrix.of(y, (long) images * op.out());
    }

    private static INDArray array(long... shape) {
        return Arena.array(DataType.FLOAT, shape);
    }

    /** Weights with the places of the kernel that have a product each on the first axis. */
    private INDArray byPlace(INDArray w) {
        INDArray dense = FloatMatrix.rowMajor(w);
        if (places == 1) {
            return dense;
        }
        INDArray byPlace = array(w.length());
        swap(dense, byPlace, w.length() / places / afterPlaces(), places, false);
        return byPlace;
    }

    /** Numbers of a weight at one place of the kernel's first axis, for a pair of channels. */
    private long afterPlaces() {
        return op.windows().stream().skip(1).mapToLong(Window::kernel).reduce(1, Math::multiplyExact);
    }

    /** Swaps the first two axes of {@code [rows, columns, others]}. */
    private static void swap(INDArray from, INDArray into, long rows, long columns, boolean adds) {
        float[] before = new float[Math.toIntExact(from.length())];
        float[] after = new float[before.length];
        FloatMatrix.memory(from).get(before);
        if (adds) {
            FloatMatrix.memory(into).get(after);
        }
        int others = Math.toIntExact(before.length / (rows * columns));
        for (int i = 0, at = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int to = (int) (j * rows + i) * others;
                for (int k = 0; k < others; k++) {
                    after[to + k] += before[at++];
                }
            }
        }
        FloatMatrix.memory(into).put(after);
    }
}
