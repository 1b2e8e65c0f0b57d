package org.winnow.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Microseconds;

/** After the first convolution of LeNet-5, with 100 images. */
@SuppressWarnings("try") // Arenas are open as long as they are.
public class MaxPoolingBenchmarks extends Microseconds {
    private static final MaxPooling POOLING = new MaxPooling();

    private final INDArray x = uniform(1, 100, 20, 24, 24);
    private final INDArray dy = uniform(2, 100, 20, 12, 12);
    private final Arena arena = new Arena();

    @Benchmark
    public INDArray largest() {
        try (Arena.Open step = arena.open()) {
            return POOLING.apply(x);
        }
    }

    @Benchmark
    public INDArray gradientOfLargest() {
        try (Arena.Open step = arena.open()) {
            return POOLING.gradient(x, dy);
        }
    }
}
