package org.winnow.sparsifier;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Microseconds;
import org.winnow.kernel.Noise;
import org.winnow.operator.Linear;

/** A first layer with dropout rates of its weights, from 784 to 300 with 128 rows: its products, and what it does besides. */
@SuppressWarnings("try") // Arenas are open as long as they are.
public class VariationalBenchmarks extends Microseconds {
    private static final int BATCH = 128;
    private static final Linear OP = new Linear(784, 300);

    @Param({"REAL_VD", "REAL_ARD"})
    public Divergence divergence = Divergence.REAL_VD;

    private final INDArray x = uniform(1, BATCH, OP.in());
    private final INDArray dy = uniform(2, BATCH, OP.out());
    private final Params params = params(3);
    private final Params gradients = params(4);
    private final Arena arena = new Arena();
    private final Draws draws = Draws.of(Noise.of(5));

    /** Output and gradients. */
    @Benchmark
    public INDArray step() {
        try (Arena.Open step = arena.open()) {
            Variational sparsifier = new Variational(divergence);
            Pass pass = Pass.training(0, draws).keptBy(kept -> kept).withoutInputGradient();
            INDArray y = sparsifier.forward(OP, x, params, pass);
            sparsifier.backward(OP, x, dy, params, gradients, pass);
            return y;
        }
    }

    /** The products of {@link #step} alone. */
    @Benchmark
    public INDArray products() {
        try (Arena.Open step = arena.open()) {
            INDArray y = OP.apply(x, params.get(Params.WEIGHT));
            OP.apply(x, params.get(Variational.LOG_SIGMA2));
            OP.weightGradient(x, dy, gradients.get(Params.WEIGHT));
            OP.weightGradient(x, dy, gradients.get(Variational.LOG_SIGMA2));
            return y;
        }
    }

    @Benchmark
    public double penaltyWithGradient() {
        try (Arena.Open step = arena.open()) {
            return new Variational(divergence).penaltyWithGradient(OP, params, 0, 1e-3, gradients);
        }
    }

    private static Params params(int key) {
        INDArray weight = uniform(key, OP.weightShape()).subi(0.5);
        INDArray logSigma2 = uniform(key, OP.weightShape()).subi(5);
        INDArray bias = uniform(key, OP.out());
        return Params.of(Params.WEIGHT, weight).with(Params.BIAS, bias).with(Variational.LOG_SIGMA2, logSigma2);
    }
}
