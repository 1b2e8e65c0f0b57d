package org.winnow.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;

/** What a layer from 784 to 300 does besides with 128 rows: products, and Adam's step. */
public class ProductBenchmarks extends Microseconds {
    private static final int BATCH = 128;
    private static final int IN = 784;
    private static final int OUT = 300;
    private static final AdamStep ADAM = AdamStep.of(0.9, 0.999, 1e-8, 1e-3, 5);

    private final ByteBuffer parameters = buffer(1);
    private final ByteBuffer gradients = buffer(1e-3f);
    private final ByteBuffer vanished = buffer(1e-21f);
    private final ByteBuffer means = buffer(1e-3f);
    private final ByteBuffer squares = buffer(1e-6f);
    private final INDArray x = normal(1, BATCH, IN);
    private final INDArray weight = normal(2, OUT, IN);
    private final INDArray other = normal(3, OUT, IN);
    private final INDArray y = normal(4, BATCH, OUT);

    @Benchmark
    public ByteBuffer adam() {
        ADAM.take(parameters, gradients, means, squares, BATCH);
        return parameters;
    }

    /** Of gradients whose squares are too small for normal floats. */
    @Benchmark
    public ByteBuffer adamOfVanishedGradients() {
        ADAM.take(parameters, vanished, means, squares, BATCH);
        return parameters;
    }

    @Benchmark
    public INDArray forward() {
        Gemm.set(Gemm.plain(x), Gemm.transposed(weight), y);
        return y;
    }

    @Benchmark
    public INDArray inputGradient() {
        Gemm.set(Gemm.plain(y), Gemm.plain(weight), x);
        return x;
    }

    @Benchmark
    public INDArray weightGradient() {
        Gemm.set(Gemm.transposed(y), Gemm.plain(x), other);
        return other;
    }

    @Benchmark
    public double quantile() {
        return Quantile.of(weight, 0.9);
    }

    @Benchmark
    public INDArray stripsProduct() {
        for (Strips at = Strips.over(weight); at.next(); ) {
            at.write(other, at.read(weight).mul(at.read(weight)));
        }
        return other;
    }

    private static ByteBuffer buffer(float value) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Float.BYTES * IN * OUT).order(ByteOrder.nativeOrder());
        for (int i = 0; i < IN * OUT; i++) {
            bytes.putFloat(i * Float.BYTES, value);
        }
        return bytes;
    }

    private static INDArray normal(int key, int rows, int columns) {
        double[] drawn = new double[rows * columns];
        Noise.of(key).normal(drawn, 0);
        return Elements.write(drawn, DataType.FLOAT, rows, columns);
    }
}
