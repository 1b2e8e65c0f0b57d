package org.winnow.layer;

import org.winnow.kernel.Noise;

/** A layer that draws noise in training. */
public interface Noisy {
    /** Sets the stream that the layer draws from; within it, every iteration has a stream of its own. */
    void noise(Noise stream);
}
