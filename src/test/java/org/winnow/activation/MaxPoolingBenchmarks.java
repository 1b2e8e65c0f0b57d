package org.winnow.activation;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

/** After the first convolution of LeNet-5, with 100 images. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@SuppressWarnings("try") // Arenas are open as long as they are.
public class MaxPoolingBenchmarks {
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

    private static INDArray uniform(int key, long... shape) {
        double[] drawn = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Noise.of(key).uniform(drawn, 0);
        return Elements.write(drawn, DataType.FLOAT, shape);
    }
}
