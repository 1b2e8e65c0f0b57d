package org.winnow.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** From how few weights on a layer from 784 to 300 with 128 rows is faster by those alone than by a product of all. */
public class SparseBenchmarks extends Microseconds {
    private static final int BATCH = 128;
    private static final int IN = 784;
    private static final int OUT = 300;

    /** The share of weights that are not 0. */
    @Param({"0.05", "0.1", "0.2", "0.3", "0.5"})
    public double kept = 0.05;

    private final float[] x = new float[IN * BATCH];
    private final float[] y = new float[OUT * BATCH];
    private final float[] bias = new float[OUT];
    private SparseRows sparse = SparseRows.of(new double[OUT * IN], OUT, IN);
    private INDArray weight = Elements.write(new double[OUT * IN], DataType.FLOAT, OUT, IN);
    private final INDArray rows = Elements.write(new double[BATCH * IN], DataType.FLOAT, BATCH, IN);
    private final INDArray product = Elements.write(new double[BATCH * OUT], DataType.FLOAT, BATCH, OUT);

    /** Draws inputs and weights. */
    @Setup
    public void draw() {
        Noise.of(1).uniform(x, 0);
        double[] drawn = new double[OUT * IN];
        Noise.of(2).uniform(drawn, 0);
        double[] weights =
                Arrays.stream(drawn).map(u -> u < kept ? u - kept / 2 : 0).toArray();
        sparse = SparseRows.of(weights, OUT, IN);
        weight = Elements.write(weights, DataType.FLOAT, OUT, IN);
        rows.data().asNioFloat().put(x);
    }

    @Benchmark
    public float[] forwardOfFew() {
        sparse.product(x, BATCH, bias, y);
        return y;
    }

    @Benchmark
    public INDArray forwardOfAll() {
        Gemm.set(Gemm.plain(rows), Gemm.transposed(weight), product);
        return product;
    }
}
