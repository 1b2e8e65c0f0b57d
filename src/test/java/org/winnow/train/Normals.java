package org.winnow.train;

import org.winnow.kernel.Noise;

/** Numbers to send and to average. */
final class Normals {
    private Normals() {}

    /** Normal numbers, others in each stream. */
    static float[] of(int stream, int length) {
        float[] values = new float[length];
        Noise.of(7).child(stream).normal(values, 0);
        return values;
    }
}
