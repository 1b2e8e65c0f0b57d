package org.winnow.kernel;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Channels of images of floats, {@code [batch, channels, positions...]}. */
public final class Planes {
    private Planes() {}

    /** Adds a number to each channel, in place. */
    public static void add(INDArray images, INDArray perChannel) {
        float[] added = new float[Math.toIntExact(perChannel.length())];
        Arena.flat(perChannel).floats().get(added);
        INDArray dense = FloatMatrix.rowMajor(images);
        FloatBuffer memory = FloatMatrix.memory(dense);
        float[] plane = new float[positions(dense)];
        for (int at = 0; at < memory.limit(); at += plane.length) {
            float number = added[at / plane.length % added.length];
            memory.get(at, plane);
            for (int i = 0; i < plane.length; i++) {
                plane[i] += number;
            }
            memory.put(at, plane);
        }
        if (dense != images) {
            images.assign(dense);
        }
    }

    /** The sum of each channel's numbers: images in their order, then positions in theirs. */
    public static INDArray sums(INDArray images) {
        INDArray dense = FloatMatrix.rowMajor(images);
        float[] sums = Reachable.during(() -> sumsOf(dense), dense);
        INDArray all = Arena.array(DataType.FLOAT, sums.length);
        FloatMatrix.memory(all).put(0, sums);
        return all;
    }

    private static float[] sumsOf(INDArray dense) {
        FloatBuffer memory = FloatMatrix.memory(dense);
        float[] plane = new float[positions(dense)];
        float[] ofImages = new float[plane.length];
        float[] sums = new float[(int) dense.size(1)];
        for (int channel = 0; channel < sums.length; channel++) {
            memory.get(channel * plane.length, ofImages);
            for (int image = 1; image < dense.size(0); image++) {
                memory.get((image * sums.length + channel) * plane.length, plane);
                for (int i = 0; i < plane.length; i++) {
                    ofImages[i] += plane[i];
                }
            }
            sums[channel] = sum(ofImages);
        }
        return sums;
    }

    private static float sum(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += number;
        }
        return (float) sum;
    }

    private static int positions(INDArray images) {
        return Math.toIntExact(images.length() / (images.size(0) * images.size(1)));
    }
}
