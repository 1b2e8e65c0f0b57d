package org.winnow.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The loops that most time goes into, on as many numbers as a layer from 784 to 300 has weights. */
public class KernelBenchmarks extends Microseconds {
    private static final int COUNT = 784 * 300;

    /** Which kernel. */
    @Param({"vector", "scalar"})
    public String kernel = "vector";

    private final float[] numbers = new float[COUNT];
    private final float[] scratch = new float[COUNT];
    private final float[] slopes = new float[COUNT];
    private final int[] words = new int[COUNT];
    private final INDArray array = Nd4j.createUninitialized(DataType.FLOAT, COUNT);
    private Kernel loops = new ScalarKernel();

    /** Draws the numbers, of which logarithms are taken too. */
    @Setup
    public void draw() {
        loops = Kernel.named(kernel);
        Noise.of(1).uniform(numbers, 0);
        FloatMatrix.memory(array).put(numbers);
    }

    @Benchmark
    public float[] copyAlone() {
        System.arraycopy(numbers, 0, scratch, 0, COUNT);
        return scratch;
    }

    @Benchmark
    public float[] exp() {
        loops.exp(copyAlone(), COUNT);
        return scratch;
    }

    @Benchmark
    public float[] log() {
        loops.log(copyAlone(), COUNT);
        return scratch;
    }

    @Benchmark
    public float[] sigmoid() {
        loops.sigmoid(copyAlone(), COUNT);
        return scratch;
    }

    @Benchmark
    public float[] softplusWithSlope() {
        loops.softplus(copyAlone(), slopes, COUNT);
        return scratch;
    }

    @Benchmark
    public int below() {
        return loops.below(numbers, 0.5f, COUNT);
    }

    /** By the kernel of the process. */
    @Benchmark
    public double median() {
        return Quantile.of(array, 0.5);
    }

    @Benchmark
    public int[] words() {
        loops.words(1, 2, 0, words, COUNT);
        return words;
    }

    @Benchmark
    public float[] uniform() {
        loops.uniform(words(), scratch, COUNT);
        return scratch;
    }

    @Benchmark
    public float[] normal() {
        loops.normal(words(), scratch, COUNT);
        return scratch;
    }
}
