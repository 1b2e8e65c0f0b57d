package org.winnow.operator;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Microseconds;
import org.winnow.kernel.Strips;

/** Output and weight gradient of a layer with a mask from 784 to 300 with 128 rows, by the weights kept and by all. */
@SuppressWarnings("try") // Arenas are open as long as they are.
public class MaskedProductBenchmarks extends Microseconds {
    private static final int BATCH = 128;
    private static final Linear OP = new Linear(784, 300);

    /** The share of weights that are kept. */
    @Param({"0.05", "0.1", "0.12"})
    public double kept = 0.05;

    private final INDArray x = uniform(1, BATCH, OP.in());
    private final INDArray dy = uniform(2, BATCH, OP.out());
    private final INDArray weight = uniform(3, OP.weightShape());
    private final INDArray gradient = uniform(4, OP.weightShape());
    private final Arena arena = new Arena();
    private INDArray mask = weight;

    /** Draws the mask. */
    @Setup
    public void draw() {
        double[] drawn = Elements.read(uniform(5, OP.weightShape()));
        double[] ones = Arrays.stream(drawn).map(u -> u < kept ? 1 : 0).toArray();
        mask = Elements.write(ones, DataType.FLOAT, OP.weightShape());
    }

    @Benchmark
    public INDArray stepOfFew() {
        try (Arena.Open step = arena.open()) {
            MaskedProduct ofFew = MaskedProduct.of(OP, mask, weight, x).orElseThrow();
            INDArray y = ofFew.output();
            ofFew.backward(dy).weightGradient(gradient);
            return y;
        }
    }

    @Benchmark
    public INDArray stepOfAll() {
        try (Arena.Open step = arena.open()) {
            INDArray y = OP.apply(x, Strips.product(weight, mask));
            OP.weightGradient(x, dy, gradient);
            for (Strips at = Strips.over(gradient); at.next(); ) {
                at.write(gradient, at.read(gradient).mul(at.read(mask)));
            }
            return y;
        }
    }
}
