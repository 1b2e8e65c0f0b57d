package org.winnow.operator;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link Patches} of a single image of floats, in the heap. */
final class ImagePatches {
    private static final int AXES = 3;

    private final int channels;
    private final int[] sizes = new int[AXES];
    private final int[] padded = new int[AXES];
    private final int[] positions = new int[AXES];
    private final List<Window> windows;
    private final boolean anyPadding;
    /** Where in the padded image the runs along the last axis begin, in the order of the patches. */
    private final int[] starts;

    private final float[] image;

    ImagePatches(List<Window> windows, long... xShape) {
        this.windows = threeAxes(windows);
        anyPadding = windows.stream().anyMatch(window -> window.padding() > 0);
        channels = Math.toIntExact(xShape[1]);
        int missing = AXES - windows.size();
        for (int axis = 0; axis < AXES; axis++) {
            Window window = this.windows.get(axis);
            sizes[axis] = axis < missing ? 1 : Math.toIntExact(xShape[axis - missing + 2]);
            padded[axis] = sizes[axis] + 2 * window.padding();
            positions[axis] = Math.toIntExact(window.positions(sizes[axis]));
        }
        image = new float[Math.multiplyExact(channels, product(padded))];
        starts = starts();
    }

    private static List<Window> threeAxes(List<Window> windows) {
        List<Window> all = new ArrayList<>(windows);
        while (all.size() < AXES) {
            all.add(0, new Window(1));
        }
        return List.copyOf(all);
    }

    /** Channels times positions of the kernel. */
    int rows() {
        return channels * windows.stream().mapToInt(Window::kernel).reduce(1, Math::multiplyExact);
    }

    /** Positions of the kernel in the image. */
    int columns() {
        return product(positions);
    }

    /** The patches of an image that begins at a place of a buffer: {@code [rows, columns]}. */
    void of(FloatBuffer x, int at, float[] patches) {
        forEachPieceOfImage((place, inPadded, count) -> x.get(at + place, image, inPadded, count));
        int length = positions[2];
        int stride = windows.get(2).stride();
        for (int run = 0; run < starts.length; run++) {
            if (stride == 1) {
                System.arraycopy(image, starts[run], patches, run * length, length);
            } else {
                for (int i = 0; i < length; i++) {
                    patches[run * length + i] = image[starts[run] + i * stride];
                }
            }
        }
    }

    /** The sum, at each place of the image, of what patches hold of it. */
    void sum(float[] patches, FloatBuffer dx, int at) {
        Arrays.fill(image, 0);
        int length = positions[2];
        int stride = windows.get(2).stride();
        for (int run = 0; run < starts.length; run++) {
            for (int i = 0; i < length; i++) {
                image[starts[run] + i * stride] += patches[run * length + i];
            }
        }
        forEachPieceOfImage((place, inPadded, count) -> dx.put(at + place, image, inPadded, count));
    }

    /** The pieces of an image that are one in the padded image too: all of it, or its runs along the last axis. */
    private void forEachPieceOfImage(Pieces action) {
        if (!anyPadding) {
            action.at(0, 0, image.length);
            return;
        }
        int place = 0;
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < sizes[0]; i++) {
                for (int j = 0; j < sizes[1]; j++) {
                    action.at(place, start(c, i + padding(0), j + padding(1), padding(2)), sizes[2]);
                    place += sizes[2];
                }
            }
        }
    }

    @FunctionalInterface
    private interface Pieces {
        void at(int place, int inPadded, int count);
    }

    private int[] starts() {
        int[] begins = new int[rows() * positions[0] * positions[1]];
        int next = 0;
        for (int row = 0; row < rows(); row++) {
            int inRow = row;
            int k2 = inRow % windows.get(2).kernel() * windows.get(2).dilation();
            inRow /= windows.get(2).kernel();
            int k1 = inRow % windows.get(1).kernel() * windows.get(1).dilation();
            inRow /= windows.get(1).kernel();
            int k0 = inRow % windows.get(0).kernel() * windows.get(0).dilation();
            int channel = inRow / windows.get(0).kernel();
            for (int i = 0; i < positions[0]; i++) {
                for (int j = 0; j < positions[1]; j++) {
                    int first = k0 + i * windows.get(0).stride();
                    begins[next++] =
                            start(channel, first, k1 + j * windows.get(1).stride(), k2);
                }
            }
        }
        return begins;
    }

    private int start(int channel, int i, int j, int k) {
        return ((channel * padded[0] + i) * padded[1] + j) * padded[2] + k;
    }

    private int padding(int axis) {
        return windows.get(axis).padding();
    }

    private static int product(int[] sizes) {
        return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    }
}
